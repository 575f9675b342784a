import Record
import Synchronization
import Vocabulary

/// What each of a worker's streams has got of the published messages, in memory side by side with the connections.
///
/// Takes no memory where nothing is published. Per stream and publisher it is a ``StreamState`` and a few words of bits.
struct StreamDeliveries {
    private let publishers: [WatchedPublisher]
    private let scenarioCount: Int
    /// Words of all publishers' windows of one stream.
    private let wordsPerSlot: Int
    /// Where each publisher's words begin among those of a stream.
    private let offsets: [Int]
    private var capacity = 0
    private var states: UnsafeMutablePointer<StreamState>
    private var bits: UnsafeMutablePointer<UInt64>
    /// The counts of each scenario and publisher.
    private let counts: UnsafeMutableBufferPointer<DeliveryCounts>
    private let latencies: UnsafeMutableBufferPointer<LatencyHistogram>

    init(_ publishers: [WatchedPublisher], scenarioCount: Int) {
        self.publishers = publishers
        self.scenarioCount = scenarioCount
        offsets = publishers.indices.map { publishers[..<$0].reduce(0) { $0 + $1.words } }
        wordsPerSlot = publishers.reduce(0) { $0 + $1.words }
        states = .allocate(capacity: 0)
        bits = .allocate(capacity: 0)
        counts = .allocate(capacity: scenarioCount * publishers.count)
        counts.initialize(repeating: DeliveryCounts())
        latencies = .allocate(capacity: scenarioCount * publishers.count)
        latencies.initialize(repeating: LatencyHistogram())
    }

    /// Whether anything is published.
    var isEmpty: Bool { publishers.isEmpty }

    func release() {
        states.deallocate()
        bits.deallocate()
        counts.deinitialize().deallocate()
        latencies.deinitialize().deallocate()
    }

    /// Forgets what was counted, but not what streams have got.
    func reset() {
        for index in counts.indices { counts[index] = DeliveryCounts() }
        for index in latencies.indices { latencies[index] = LatencyHistogram() }
    }

    /// What came of the messages at a scenario's streams, one record for each publisher that they are to hear.
    func records(of scenario: Int) -> [DeliveryRecord] {
        publishers.indices.filter { publishers[$0].scenarios[scenario] }.map { index in
            var record = DeliveryRecord(publisher: publishers[index].name)
            record.counts = counts[scenario * publishers.count + index]
            record.latency = latencies[scenario * publishers.count + index]
            return record
        }
    }

    /// Begins to watch a stream.
    ///
    /// - Parameters:
    ///   - connected: when its connection stood, in ns of the monotonic clock.
    ///   - moment: when its response head came, in ns of the monotonic clock.
    mutating func begin(_ slot: Int, scenario: Int, connected: Nanoseconds, at moment: Nanoseconds) {
        if slot >= capacity { grow(to: slot + 1) }
        for index in publishers.indices where publishers[index].scenarios[scenario] {
            let words = publishers[index].words
            var state = StreamState()
            state.isWatched = true
            state.connected = connected
            state.registered = moment + DeliveryRule.headMargin
            state.window = ReceiptWindow(
                after: publishers[index].table.latest.load(ordering: .acquiring),
                words: words
            )
            self.state(slot, index).pointee = state
            self.words(slot, index).update(repeating: 0, count: words)
            counts[scenario * publishers.count + index].streams += 1
        }
    }

    /// Notes that a stream has an event.
    func noteEvent(_ slot: Int, at moment: Nanoseconds) {
        for index in publishers.indices {
            let state = state(slot, index)
            guard state.pointee.isWatched, !state.pointee.hasEvent else { continue }
            state.pointee.hasEvent = true
            state.pointee.registered = min(state.pointee.registered, moment + DeliveryRule.margin)
        }
    }

    /// Notes that a stream got a message.
    ///
    /// - Parameters:
    ///   - moment: when it came, in ns of the monotonic clock.
    ///   - isExact: whether the moment is that of the message, and not of bytes that came after it.
    func note(_ stamp: MessageStamp, _ slot: Int, scenario: Int, at moment: Nanoseconds, isExact: Bool) {
        let index = stamp.publisher
        guard index < publishers.count else { return }
        let state = state(slot, index)
        let table = publishers[index].table
        // A number that was never sent is some other number, or a message of another run.
        guard state.pointee.isWatched, stamp.sequence > 0, stamp.sequence <= table.latest.load(ordering: .acquiring)
        else { return }
        let counts = counts.baseAddress.unsafelyUnwrapped + (scenario * publishers.count + index)
        let registered = state.pointee.registered
        let receipt = state.pointee.window.take(stamp.sequence, words(slot, index), words: publishers[index].words) {
            judge($0, slot, index, counts, since: registered, until: moment)
        }
        if receipt == .duplicate {
            counts.pointee.duplicated += 1
            return
        }
        guard let entry = table.entry(stamp.sequence) else {
            counts.pointee.stale += 1
            return
        }
        let message = entry.pointee.message
        if message.wasOut(before: state.pointee.connected) {
            counts.pointee.replayed += 1
            return
        }
        guard receipt == .fresh else {
            counts.pointee.stale += 1
            return
        }
        counts.pointee.received += 1
        entry.pointee.noteDelivery(at: moment, isExact: isExact)
        latencies[scenario * publishers.count + index].record(
            moment > message.scheduled ? moment - message.scheduled : 0
        )
        if stamp.sequence > state.pointee.latest {
            state.pointee.latest = stamp.sequence
        } else if let later = table.entry(state.pointee.latest)?.pointee.message,
            DeliveryRule.isOutOfOrder(message, after: later)
        {
            counts.pointee.outOfOrder += 1
        }
    }

    /// Ends the watch over a stream, and judges what it has not got.
    ///
    /// - Parameter moment: the moment up to which everything that came has been read, in ns of the monotonic clock.
    func end(_ slot: Int, scenario: Int, at moment: Nanoseconds) {
        guard slot < capacity else { return }
        for index in publishers.indices where state(slot, index).pointee.isWatched {
            let state = state(slot, index)
            state.pointee.isWatched = false
            let counts = counts.baseAddress.unsafelyUnwrapped + (scenario * publishers.count + index)
            let registered = state.pointee.registered
            let latest = publishers[index].table.latest.load(ordering: .acquiring)
            state.pointee.window.finish(through: latest, words(slot, index), words: publishers[index].words) {
                judge($0, slot, index, counts, since: registered, until: moment)
            }
        }
    }

    /// Counts a message that did not come, where it was owed.
    private func judge(
        _ sequence: UInt32,
        _ slot: Int,
        _ index: Int,
        _ counts: UnsafeMutablePointer<DeliveryCounts>,
        since registered: Nanoseconds,
        until end: Nanoseconds
    ) {
        guard let entry = publishers[index].table.entry(sequence) else {
            counts.pointee.unjudged += 1
            return
        }
        let message = entry.pointee.message
        guard publishers[index].rule.isOwed(message, since: registered, until: end) else { return }
        counts.pointee.lost += 1
        if message.sent <= registered { counts.pointee.lostAtStart += 1 }
        let state = state(slot, index)
        if state.pointee.lost == 0 { counts.pointee.losers += 1 }
        state.pointee.lost += 1
    }

    private func state(_ slot: Int, _ publisher: Int) -> UnsafeMutablePointer<StreamState> {
        states + (slot * publishers.count + publisher)
    }

    private func words(_ slot: Int, _ publisher: Int) -> UnsafeMutablePointer<UInt64> {
        bits + (slot * wordsPerSlot + offsets[publisher])
    }

    private mutating func grow(to needed: Int) {
        let larger = max(256, capacity * 2, needed)
        let (moreStates, moreBits) = (larger * publishers.count, larger * wordsPerSlot)
        let states = UnsafeMutablePointer<StreamState>.allocate(capacity: moreStates)
        states.update(from: self.states, count: capacity * publishers.count)
        (states + capacity * publishers.count)
            .initialize(repeating: StreamState(), count: moreStates - capacity * publishers.count)
        let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: moreBits)
        bits.update(from: self.bits, count: capacity * wordsPerSlot)
        self.states.deallocate()
        self.bits.deallocate()
        (self.states, self.bits, capacity) = (states, bits, larger)
    }
}
