/// What a scenario asks otherwise than the target says.
public struct RequestOptions: Equatable, Sendable {
    /// The request method, in capitals; nil for the target's.
    public var method: String?
    /// Headers beside the target's; one of the same name replaces it.
    public var headers: [Target.Header] = []
    /// The request body; nil for the target's.
    public var body: String?
    /// The file that the request body is read from; nil for none.
    public var bodyFile: String?
    /// The CSV file whose rows stand in for `{{column}}` in path, headers and body; nil for none.
    public var dataFile: String?

    /// What the target says.
    public init() {}

    /// Replaces the paths of its files.
    public mutating func resolveFiles(_ resolve: (String) -> String) {
        bodyFile = bodyFile.map(resolve)
        dataFile = dataFile.map(resolve)
    }
}
