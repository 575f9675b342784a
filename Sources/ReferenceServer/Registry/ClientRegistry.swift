import HTTP
import Vocabulary

/// Knows the clients of a server that pushes events, and their topics.
///
/// Called from the handler thread and, by close handlers, from the socket thread.
public protocol ClientRegistry: AnyObject, Sendable {
    /// Takes a response up as a client and sends its head and a first event that carries the client's id.
    ///
    /// - Parameters:
    ///   - response: where the client is.
    ///   - request: what the client asks for; it is not subscribed yet.
    ///   - registered: called when the registration is through, perhaps after this call has returned.
    func register(
        _ response: any ServerResponse,
        for request: EventStreamRequest,
        registered: @escaping @Sendable (ClientID) -> Void
    )

    /// Adds topics to a client; those it has already count once.
    ///
    /// - Throws: ``RegistryError`` for a client that is not registered, or for too many topics; nothing has changed then.
    func subscribe(_ id: ClientID, to topics: [String]) throws(RegistryError)

    /// Takes topics from a client; those it does not have are ignored.
    ///
    /// - Throws: ``RegistryError/unknownClient``.
    func unsubscribe(_ id: ClientID, from topics: [String]) throws(RegistryError)

    /// Sends an event to every client of a topic, and removes those that it cannot be sent to.
    ///
    /// - Parameter sent: called with how many clients it was sent to, before this call returns unless a fault delays it.
    func broadcast(topic: String, data: String, sent: @escaping @Sendable (Int) -> Void)

    /// Sends a client the events of its topics that it missed, as far as they are kept; nothing where it has seen none.
    func replay(to id: ClientID, for request: EventStreamRequest)

    /// Says that bytes were sent to a client outside of a broadcast, which restarts its inactivity timer.
    func sent(to id: ClientID)

    /// How much is held now.
    var counts: RegistryCounts { get }

    /// How much one of several workers holds, which clients are dealt to.
    func counts(of worker: Int, among workers: Int) -> RegistryCounts
}

/// Lets time pass within a registration, as an `await` would in Node: calls the continuation, now or later.
public typealias RegistrationPause = @Sendable (_ continuation: @escaping @Sendable () -> Void) -> Void

/// How much a registry holds.
public struct RegistryCounts: Equatable, Sendable {
    /// Clients that are registered.
    public var clients: Int
    /// Inactivity timers that are set.
    public var timers: Int
    /// Pairs of a client and a topic.
    public var subscriptions: Int
    /// Topics that are known.
    public var topics: Int

    /// Counts from their parts.
    public init(clients: Int = 0, timers: Int = 0, subscriptions: Int = 0, topics: Int = 0) {
        self.clients = clients
        self.timers = timers
        self.subscriptions = subscriptions
        self.topics = topics
    }
}

/// Why a registry refuses.
public enum RegistryError: String, Error, CaseIterable, Sendable {
    /// No client has this id.
    case unknownClient = "UNKNOWN_CLIENT"
    /// The client would have more topics than ``ClientRegistryLimits/topicsPerClient``.
    case topicLimit = "LIMIT_TOPICS"
}

/// The limits of a registry.
public enum ClientRegistryLimits {
    /// Topics that one client may be subscribed to.
    public static let topicsPerClient = 64
    /// Bytes of one topic's name.
    public static let topicBytes = 256
    /// Broadcasts that are kept for clients that come back.
    public static let keptEvents = 1_024
    /// Bytes of all broadcasts that are kept; a replay must fit into a connection's queue.
    public static let keptBytes = 128 << 10
}

/// The name of a registered client: 64 random bits, written as 16 hexadecimal digits.
public struct ClientID: Hashable, Sendable {
    let value: UInt64

    /// A new id.
    public init() { value = UInt64.random(in: .min ... .max) }

    /// An id from its text.
    ///
    /// - Returns: nil where the text is not 16 lower-case hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.digits, let value = UInt64(text, radix: 16) else { return nil }
        self.value = value
        // UInt64 also reads a sign and upper-case digits.
        guard text == description else { return nil }
    }

    private static let digits = 16
}

extension ClientID: CustomStringConvertible {
    /// The 16 digits.
    public var description: String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: Self.digits - text.utf8.count) + text
    }
}

/// What a client that opens an event stream asks for.
public struct EventStreamRequest: Equatable, Sendable {
    /// The topics that it is subscribed to.
    public var topics: [String]
    /// The ID of the last event that it has seen, as it was sent (HTML, 9.2.4); nil where it has seen none.
    public var lastEventID: String?

    /// A request from its parts.
    public init(topics: [String] = [], lastEventID: String? = nil) {
        self.topics = topics
        self.lastEventID = lastEventID
    }

    /// The number of the last broadcast that the client has seen; nil where it does not say, or nothing of ours.
    var lastSeen: UInt64? { lastEventID.flatMap { UInt64($0) } }
}

/// A response that stays open, in the shape that Node gives it (`http.ServerResponse`).
///
/// May be called from any thread.
public protocol ServerResponse: AnyObject, Sendable {
    /// Whether the connection is gone.
    var isClosed: Bool { get }

    /// Asks to be told when the connection is gone.
    ///
    /// As in Node, a handler that is registered after the close is never called.
    func onClose(_ handler: @escaping @Sendable () -> Void)

    /// Sets status and header fields; they leave with the first write, as in Node.
    func writeHead(status: Int, fields: [HTTPField])

    /// Sends bytes of the body.
    ///
    /// - Returns: false where the response is closed or ended and nothing is sent.
    @discardableResult func write(_ bytes: EventBytes) -> Bool

    /// Sends what is still to be sent, then closes.
    func end()
}

/// Starts timers, as `setTimeout` does in Node.
public protocol InactivityTimers: AnyObject, Sendable {
    /// Starts a timer.
    ///
    /// - Parameters:
    ///   - duration: how long after its start, or its last restart, it fires, in ns.
    ///   - fire: called once, unless the timer is cancelled before.
    func start(after duration: Nanoseconds, _ fire: @escaping @Sendable () -> Void) -> any InactivityTimer
}

/// A timer that has been started; may be called from any thread.
public protocol InactivityTimer: AnyObject, Sendable {
    /// Counts the timer's duration from now on; nothing where it has fired or was cancelled.
    func restart()

    /// Keeps the timer from firing.
    func cancel()
}
