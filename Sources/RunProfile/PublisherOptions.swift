import Vocabulary

/// Who publishes messages while the load lasts, so that it is seen what every stream gets of them.
public struct PublisherOptions: Equatable, Sendable {
    /// The body where the profile gives none.
    public static let defaultBody = #"{"topic":"${topic}","seq":${seq},"time":${time}}"#

    /// Its name, which also stands for `${topic}`.
    public var name: String
    /// Messages per second; the schedule never waits for the server.
    public var rate: Double
    /// The request of each message, with `${seq}`, `${time}` and `${topic}` in its body.
    public var request: PublishOptions
    /// Headers in the order written.
    public var headers: [Target.Header] = []
    /// The scenarios whose streams are to get the messages; nil for all.
    public var scenarios: [String]?
    /// When the first message is sent, in ns from the start of the load.
    public var start: Nanoseconds = 0
    /// How long a message may take before it counts as lost, in ns.
    public var grace: Nanoseconds = 1 * .perSecond

    /// A publisher with the keys that have no default.
    public init(name: String, rate: Double, request: PublishOptions) {
        self.name = name
        self.rate = rate
        self.request = request
    }
}
