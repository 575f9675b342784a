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
