import EventStream
import Vocabulary

/// What a check is asked for.
public struct CheckOptions: Sendable {
    /// Where the stream is.
    public var url: TargetURL
    /// Header fields of every request; one named like a default replaces it.
    public var headers: [HTTPField] = []
    /// Whether certificate and host name go unverified.
    public var insecure = false
    /// A PEM file of trusted authorities; nil for the system's.
    public var authorityFile: String?
    /// Where an event can be published by a POST of its text; nil for nowhere.
    public var publish: TargetURL?
    /// The longest silence that a stream should have, in ns.
    public var heartbeat: Nanoseconds = 15 * .perSecond
    /// How long the stream is listened to, in ns; nil for a little longer than the longest silence.
    public var wait: Nanoseconds?
    /// The name that requests carry as their `User-Agent`.
    public var userAgent = "hydrotest"
    /// The texts that are sent.
    public var marks = Marks()
    /// Which cases are judged.
    public var selection = CaseSelection()

    /// A check of an address.
    public init(url: TargetURL) { self.url = url }

    /// How long the stream is listened to, in ns: long enough for a silence that is too long, after what is published.
    public var listening: Nanoseconds {
        if let wait { return wait }
        let publishing = publish == nil ? 0 : CheckLimits.publishTime
        return heartbeat + heartbeat / 10 + CheckLimits.briefly + publishing
    }
}
