/// One command of the profile that a run carried out.
public struct HookRecord: Codable, Equatable, Sendable {
    /// When in a run a command is carried out.
    public enum Place: String, CaseIterable, Codable, Sendable {
        /// Before the server is first contacted.
        case before
        /// At a moment of the load.
        case during
        /// At the run's end.
        case after
    }

    /// When it was carried out.
    public var place: Place
    /// Its number among those of its place, from 1.
    public var number: Int
    /// The program; its arguments are left out, as they may hold secrets.
    public var program: String
    /// When it was begun, in seconds since the run's start; nil where it was not.
    public var start: Double?
    /// How long it took, in seconds; nil where it was not begun.
    public var seconds: Double?
    /// Why it failed, with the last line of its standard error; nil where it ended well.
    public var failure: String?

    /// A command that has not been carried out.
    public init(place: Place, number: Int, program: String) {
        self.place = place
        self.number = number
        self.program = program
    }
}
