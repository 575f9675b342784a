import EventStream
import Vocabulary

/// What one stream is tapped for.
public struct TapOptions: Equatable, Sendable {
    /// Where the stream is.
    public var url: TargetURL
    /// The request method, in capitals.
    public var method = "GET"
    /// The request body; nil for none.
    public var body: String?
    /// Header fields; one named like a default replaces it.
    public var headers: [HTTPField] = []
    /// Events after which the tap ends; nil for no bound.
    public var count: Int?
    /// Time after which the tap ends, in ns; nil for no bound.
    public var maximumTime: Nanoseconds?
    /// Whether certificate and host name go unverified.
    public var insecure = false
    /// A PEM file of trusted authorities; nil for the system's.
    public var authorityFile: String?
    /// Whether comment lines are told as well.
    public var comments = false

    /// A tap of an address, without bounds.
    public init(url: TargetURL) { self.url = url }
}
