/// What a client saw on one connection.
struct Observation: Equatable, Sendable {
    /// The status of each response, interim ones included.
    var statuses: [Int] = []
    /// What was wrong with a response: the parser's name for it.
    var malformed: String?
    /// Responses that are complete.
    var answers = 0
    /// Events received.
    var events = 0
    /// The data of the first event.
    var firstData: [UInt8] = []
    /// The last event IDs of the latest events, in order.
    var ids: [String] = []
    /// A line of a response or a stream that only injected bytes can have made.
    var forged: String?
    /// The stamp of an event on a topic that the client never asked for.
    var foreign: Stamp?
    /// An event whose bytes are not UTF-8, malformed bytes replaced.
    var brokenText: String?
    /// Bytes received.
    var bytes = 0
    /// Bytes received after a stall had ended.
    var bytesAfterStall = 0
    /// How the connection ended: `end`, or an error's name; nil where the client ended it.
    var end: String?
    /// Whether the first response was an event stream.
    var isEventStream = false
}
