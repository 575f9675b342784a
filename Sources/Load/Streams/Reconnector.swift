import Record
import RunProfile
import Vocabulary

/// What a worker needs for streams that come back: when they are dropped all at once, and room for their requests.
final class Reconnector {
    /// All open streams of a scenario, to be dropped at once.
    struct MassDrop {
        /// When, in ns from the start of the load.
        let at: Nanoseconds
        /// How.
        let manner: Manner
        /// The scenario's position.
        let scenario: Int
        /// The drop's position among those of the scenario.
        let position: Int16
    }

    private let massDrops: [MassDrop]
    private var done = 0
    private let room: UnsafeMutableRawBufferPointer
    /// Attempts begun in this turn of the event loop.
    var attempts = 0

    init(_ scenarios: [LoadScenario]) {
        let comingBack = scenarios.filter { $0.plan.scenario.reconnect != nil }
        massDrops =
            scenarios.enumerated().flatMap { scenario, part -> [MassDrop] in
                guard let drop = part.plan.scenario.reconnect?.drop else { return [] }
                return drop.moments.enumerated().map { position, moment in
                    MassDrop(at: moment, manner: drop.manner, scenario: scenario, position: Int16(position))
                }
            }.sorted { $0.at < $1.at }
        let longest = comingBack.map(\.endpoint.longestRequest).max() ?? 0
        let line = comingBack.isEmpty ? 0 : LastEventID.name.count + LastEventID.mostBytes + LastEventID.lineEnd.count
        room = .allocate(byteCount: longest + line, alignment: 1)
    }

    deinit { room.deallocate() }

    /// When the next mass drop is due, in ns from the start of the load; nil after the last.
    var next: Nanoseconds? { done < massDrops.count ? massDrops[done].at : nil }

    /// Takes the next mass drop that is due.
    ///
    /// - Parameter elapsed: ns from the start of the load.
    func takeDue(at elapsed: Nanoseconds) -> MassDrop? {
        guard let next, next <= elapsed else { return nil }
        done += 1
        return massDrops[done - 1]
    }

    /// One of an endpoint's requests with a last event ID, valid until the next is made.
    func request(
        _ index: Int,
        of endpoint: Endpoint,
        lastEventID id: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        let (request, fieldsEnd) = (endpoint.request(index), endpoint.fieldsEnd(index))
        var count = 0
        func add(_ bytes: UnsafeRawBufferPointer) {
            UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyMemory(from: bytes)
            count += bytes.count
        }
        add(UnsafeRawBufferPointer(rebasing: request[..<fieldsEnd]))
        LastEventID.name.withUnsafeBytes(add)
        add(id)
        LastEventID.lineEnd.withUnsafeBytes(add)
        add(UnsafeRawBufferPointer(rebasing: request[fieldsEnd...]))
        return UnsafeRawBufferPointer(rebasing: room[..<count])
    }
}

/// What a held client keeps from one connection to the next.
struct Reconnection {
    /// The longest time that a server's `retry` is obeyed to, in ms: an hour.
    static let longestRetry: UInt32 = 3_600_000
    /// The shortest wait of a client, in ns: what a program needs at least, so that a `retry` of 0 is no endless loop.
    static let shortestWait: Nanoseconds = 10 * .perMillisecond

    /// How long an attempt must have lasted at the end of a client's time to be held against the server, in ns.
    static let fairAttempt: Nanoseconds = .perSecond

    /// Whether the client comes back once its stream is closed.
    var isWanted = false
    /// When its stream was closed, in ns of the monotonic clock; nil while it is open, and before it first was.
    var closedAt: Nanoseconds?
    /// The last reconnection time that the server told, in ms; nil where it told none.
    var retry: UInt32?
    /// Waits so far, each of which is drawn anew.
    var waits: UInt32 = 0
    /// Attempts that failed since its stream was closed.
    var failures: UInt32 = 0
    /// The mass drop that closed its stream, by its position; nil where something else did.
    var massDrop: Int16?

    /// Whether the present attempt says which event was the last.
    var namesLastEvent = false

    /// Whether the client had a stream, and has none now.
    var isAway: Bool { closedAt != nil }
}

/// The request header that says which event a client has seen last (HTML, 9.2.4).
enum LastEventID {
    /// The longest that is sent, in bytes; servers bound their request heads.
    static let mostBytes = 4 << 10
    /// Why an ID is not sent: it is longer than ``mostBytes``.
    static let tooLong = "LIMIT_LAST_EVENT_ID_BYTES"
    /// Why an ID is not sent: it holds a control character, which no field value may (RFC 9110, 5.5).
    static let notAFieldValue = "LAST_EVENT_ID_CONTROL_CHARACTER"

    static let name = Array("Last-Event-ID: ".utf8)
    static let lineEnd = Array("\r\n".utf8)

    /// Why an ID cannot be sent; nil where it can.
    static func obstacle(_ id: UnsafeRawBufferPointer) -> String? {
        if id.count > mostBytes { return tooLong }
        return id.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F } ? notAFieldValue : nil
    }
}

extension ReconnectRecord {
    /// A record in which nothing has happened yet, with the mass drops that are still to be made.
    init(_ options: ReconnectOptions) {
        self.init()
        let manner = options.drop?.manner ?? .rst
        drops = (options.drop?.moments ?? []).map { MassDropRecord(at: $0, manner: manner) }
    }
}
