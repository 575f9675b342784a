import Record
import Synchronization
import Vocabulary

/// What each of a worker's clients has got of the published messages over all its streams, to tell what resuming them
/// brought; ``StreamDeliveries`` tells it for each stream alone.
///
/// Takes no memory where nothing is published, or no stream comes back.
struct ResumeReceipts {
    /// Words of each client's window: what is told apart of one publisher's messages is the last 1,024.
    static let words = 16

    private let publishers: [WatchedPublisher]
    private let comesBack: [Bool]
    private var capacity = 0
    private var states: UnsafeMutablePointer<ResumeState>
    private var bits: UnsafeMutablePointer<UInt64>
    /// The counts of each scenario.
    private let counts: UnsafeMutableBufferPointer<ResumeCounts>

    /// Receipts of a worker.
    ///
    /// - Parameter comesBack: whether the clients of each scenario come back.
    init(_ publishers: [WatchedPublisher], comesBack: [Bool]) {
        self.comesBack = comesBack
        self.publishers = comesBack.contains(true) ? publishers : []
        states = .allocate(capacity: 0)
        bits = .allocate(capacity: 0)
        counts = .allocate(capacity: comesBack.count)
        counts.initialize(repeating: ResumeCounts())
    }

    /// Whether nothing is watched.
    var isEmpty: Bool { publishers.isEmpty }

    func release() {
        states.deallocate()
        bits.deallocate()
        counts.deinitialize().deallocate()
    }

    /// Forgets what was counted, but not what clients have got.
    func reset() {
        for index in counts.indices { counts[index] = ResumeCounts() }
    }

    /// What came of the messages at a scenario's clients; nil where nothing is watched.
    func counts(of scenario: Int) -> ResumeCounts? { isEmpty || !comesBack[scenario] ? nil : counts[scenario] }

    /// Begins to watch a stream, whose response head came at a moment.
    ///
    /// - Parameter isResumed: whether its client came back with it, and said what it had seen.
    mutating func open(_ slot: Int, scenario: Int, at moment: Nanoseconds, isResumed: Bool) {
        guard !isEmpty, comesBack[scenario] else { return }
        if slot >= capacity { grow(to: slot + 1) }
        if isResumed { counts[scenario].resumed += 1 }
        for index in publishers.indices where publishers[index].scenarios[scenario] {
            let state = state(slot, index)
            if !isResumed {
                state.pointee = ResumeState()
                let latest = publishers[index].table.latest.load(ordering: .acquiring)
                state.pointee.window = ReceiptWindow(after: latest, words: Self.words)
                words(slot, index).update(repeating: 0, count: Self.words)
            }
            state.pointee.isOpen = true
            state.pointee.isResumed = isResumed
            state.pointee.hasEvent = false
            state.pointee.registered = moment + DeliveryRule.headMargin
            state.pointee.resumption.opened = moment
            if !isResumed { state.pointee.resumption.since = state.pointee.registered }
        }
    }

    /// Notes that a stream has an event.
    func noteEvent(_ slot: Int, at moment: Nanoseconds) {
        guard slot < capacity else { return }
        for index in publishers.indices {
            let state = state(slot, index)
            guard state.pointee.isOpen, !state.pointee.hasEvent else { continue }
            state.pointee.hasEvent = true
            state.pointee.registered = min(state.pointee.registered, moment + DeliveryRule.margin)
            if !state.pointee.isResumed { state.pointee.resumption.since = state.pointee.registered }
        }
    }

    /// Notes that a stream got a message; to be called before the message's delivery is noted.
    ///
    /// - Parameter moment: when it came, in ns of the monotonic clock.
    func note(_ stamp: MessageStamp, _ slot: Int, scenario: Int, at moment: Nanoseconds) {
        let index = stamp.publisher
        guard index < publishers.count, slot < capacity else { return }
        let state = state(slot, index)
        let table = publishers[index].table
        guard state.pointee.isOpen, stamp.sequence > 0, stamp.sequence <= table.latest.load(ordering: .acquiring)
        else { return }
        let receipt = state.pointee.window.take(stamp.sequence, words(slot, index), words: Self.words) { _ in
            counts[scenario].unjudged += 1
        }
        guard state.pointee.isResumed, let message = table.entry(stamp.sequence)?.pointee.message,
            message.wasOut(before: state.pointee.resumption.opened)
        else { return }
        switch receipt {
        case .fresh:
            let rule = ResumeRule(delivery: publishers[index].rule)
            if rule.isMissed(message, stamp.sequence, in: state.pointee.resumption) { counts[scenario].replayed += 1 }
        case .duplicate: counts[scenario].repeated += 1
        case .stale: break
        }
    }

    /// Ends the watch over a stream, and judges what its client missed before it.
    ///
    /// - Parameter moment: the moment up to which everything that came has been read, in ns of the monotonic clock.
    func close(_ slot: Int, scenario: Int, at moment: Nanoseconds) {
        guard slot < capacity else { return }
        for index in publishers.indices where state(slot, index).pointee.isOpen {
            let state = state(slot, index)
            state.pointee.isOpen = false
            let rule = ResumeRule(delivery: publishers[index].rule)
            if state.pointee.isResumed, rule.isDecided(state.pointee.resumption, until: moment) {
                judge(slot, index, scenario, rule)
            }
            state.pointee.resumption.lastRegistered = state.pointee.registered
            state.pointee.resumption.lastEnd = moment
            state.pointee.resumption.lastSequence = state.pointee.window.top
        }
    }

    private func judge(_ slot: Int, _ index: Int, _ scenario: Int, _ rule: ResumeRule) {
        let state = state(slot, index)
        let table = publishers[index].table
        let (resumption, judged) = (state.pointee.resumption, state.pointee.judged)
        var last = judged
        let latest = table.latest.load(ordering: .acquiring)
        state.pointee.window.finish(through: latest, words(slot, index), words: Self.words) { sequence in
            guard sequence > judged else { return }
            guard let message = table.entry(sequence)?.pointee.message else {
                counts[scenario].unjudged += 1
                return
            }
            guard rule.isMissed(message, sequence, in: resumption) else { return }
            counts[scenario].missing += 1
            last = max(last, sequence)
        }
        state.pointee.judged = last
    }

    private func state(_ slot: Int, _ publisher: Int) -> UnsafeMutablePointer<ResumeState> {
        states + (slot * publishers.count + publisher)
    }

    private func words(_ slot: Int, _ publisher: Int) -> UnsafeMutablePointer<UInt64> {
        bits + (slot * publishers.count + publisher) * Self.words
    }

    private mutating func grow(to needed: Int) {
        let larger = max(256, capacity * 2, needed)
        let (old, new) = (capacity * publishers.count, larger * publishers.count)
        let states = UnsafeMutablePointer<ResumeState>.allocate(capacity: new)
        states.update(from: self.states, count: old)
        (states + old).initialize(repeating: ResumeState(), count: new - old)
        let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: new * Self.words)
        bits.update(from: self.bits, count: old * Self.words)
        self.states.deallocate()
        self.bits.deallocate()
        (self.states, self.bits, capacity) = (states, bits, larger)
    }
}
