import Record
import Vocabulary

/// What each of a worker's clients has got of the published messages over all its streams, to tell what resuming them
/// brought; ``StreamDeliveries`` tells it for each stream alone.
///
/// Takes no memory where nothing is published, or no stream comes back. A plain value of pointers, so that its use retains
/// nothing: ``release()`` frees the memory.
struct ResumeReceipts {
    /// Words of each client's window: what is told apart of one publisher's messages is the last 1,024.
    static let words = 16

    /// The publishers, for what is not on the hot path, and so that their messages live as long.
    private let publishers: UnsafeMutableBufferPointer<WatchedPublisher>
    private let watches: UnsafeMutableBufferPointer<PublisherWatch>
    /// Whether the clients of each scenario come back.
    private let comesBack: UnsafeMutableBufferPointer<Bool>
    private var capacity = 0
    private var states: UnsafeMutablePointer<ResumeState>
    private var bits: UnsafeMutablePointer<UInt64>
    /// The counts of each scenario.
    private let counts: UnsafeMutableBufferPointer<ResumeCounts>

    /// Receipts of a worker.
    ///
    /// - Parameter comesBack: whether the clients of each scenario come back.
    init(_ publishers: [WatchedPublisher], comesBack: [Bool]) {
        self.comesBack = .allocate(capacity: comesBack.count)
        _ = self.comesBack.initialize(from: comesBack)
        let watched = comesBack.contains(true) ? publishers : []
        self.publishers = .allocate(capacity: watched.count)
        _ = self.publishers.initialize(from: watched)
        watches = .allocate(capacity: watched.count)
        for (index, publisher) in watched.enumerated() {
            let watch = PublisherWatch(
                messages: publisher.table.view,
                rule: publisher.rule,
                words: Self.words,
                offset: index * Self.words
            )
            watches.initializeElement(at: index, to: watch)
        }
        states = .allocate(capacity: 0)
        bits = .allocate(capacity: 0)
        counts = .allocate(capacity: comesBack.count)
        counts.initialize(repeating: ResumeCounts())
    }

    /// Whether nothing is watched.
    var isEmpty: Bool { publishers.isEmpty }

    func release() {
        publishers.deinitialize().deallocate()
        watches.deallocate()
        comesBack.deallocate()
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
                let latest = watches[index].messages.latest
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
        for index in watches.indices {
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
        guard index < watches.count, slot < capacity else { return }
        let state = state(slot, index)
        let messages = watches[index].messages
        guard state.pointee.isOpen, stamp.sequence > 0, stamp.sequence <= messages.latest else { return }
        let before = state.pointee
        let receipt = state.pointee.window.take(stamp.sequence, words(slot, index), words: Self.words) {
            judge($0, leavingAt: moment, before, watches[index], scenario)
        }
        guard state.pointee.isResumed, let message = messages.entry(stamp.sequence)?.pointee.message,
            message.wasOut(before: state.pointee.resumption.opened)
        else { return }
        switch receipt {
        case .fresh:
            let rule = ResumeRule(delivery: watches[index].rule)
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
        for index in watches.indices where state(slot, index).pointee.isOpen {
            let state = state(slot, index)
            state.pointee.isOpen = false
            let rule = ResumeRule(delivery: watches[index].rule)
            if state.pointee.isResumed, rule.isDecided(state.pointee.resumption, until: moment) {
                judge(slot, index, scenario, rule)
            }
            state.pointee.resumption.lastRegistered = state.pointee.registered
            state.pointee.resumption.lastEnd = moment
            state.pointee.resumption.lastSequence = state.pointee.window.top
        }
    }

    /// Judges a message that leaves the window of a stream that goes on, and has not come.
    private func judge(
        _ sequence: UInt32,
        leavingAt moment: Nanoseconds,
        _ state: ResumeState,
        _ watch: PublisherWatch,
        _ scenario: Int
    ) {
        guard state.isResumed, sequence > state.judged else { return }
        let rule = ResumeRule(delivery: watch.rule)
        guard let message = watch.messages.entry(sequence)?.pointee.message else {
            counts[scenario].unjudged += 1
            return
        }
        guard rule.isMissed(message, sequence, in: state.resumption) else { return }
        if rule.isDecided(state.resumption, until: moment) {
            counts[scenario].missing += 1
        } else {
            counts[scenario].unjudged += 1
        }
    }

    private func judge(_ slot: Int, _ index: Int, _ scenario: Int, _ rule: ResumeRule) {
        let state = state(slot, index)
        let messages = watches[index].messages
        let (resumption, judged) = (state.pointee.resumption, state.pointee.judged)
        var last = judged
        let latest = messages.latest
        state.pointee.window.finish(through: latest, words(slot, index), words: Self.words) { sequence in
            guard sequence > judged else { return }
            guard let message = messages.entry(sequence)?.pointee.message else {
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
        states + (slot * watches.count + publisher)
    }

    private func words(_ slot: Int, _ publisher: Int) -> UnsafeMutablePointer<UInt64> {
        bits + (slot * watches.count + publisher) * Self.words
    }

    private mutating func grow(to needed: Int) {
        let larger = max(256, capacity * 2, needed)
        let (old, new) = (capacity * watches.count, larger * watches.count)
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

/// What one client has got of one publisher's messages over all its streams; the window's bits lie beside it.
struct ResumeState {
    var window = ReceiptWindow(after: 0, words: ResumeReceipts.words)
    /// When the client was registered, and what is known of the stream before the present one.
    var resumption = ResumeRule.Resumption(since: 0, lastRegistered: 0, lastEnd: 0, lastSequence: 0, opened: 0)
    /// When the present stream counts as registered, in ns of the monotonic clock.
    var registered: Nanoseconds = 0
    /// The last message that was judged to be missed; 0 before the first.
    var judged: UInt32 = 0
    /// Whether the client has a stream now.
    var isOpen = false
    /// Whether the present stream had an event.
    var hasEvent = false
    /// Whether the present stream is one that the client came back with, saying what it had seen.
    var isResumed = false
}

/// Decides which messages a client that came back should have been sent again.
///
/// A client comes back with the ID of the last event that it has seen. A message is one that it missed while it was away
/// where all of this holds:
///
/// 1. The server took it: its answer was a success.
/// 2. It was given out after the client's first stream was registered (as ``DeliveryRule`` has it): what was before is
///    none of the client's.
/// 3. It was out before the response head of the stream that the client came back with. What came out later is live.
/// 4. It has not come on any earlier stream of the client, and was not owed to one of them: what an open stream lost is
///    counted as that.
///
/// 5. It was begun after the last message that the client had when its stream was closed: the server is told to go on
///    from there. What an open stream was passed over with before is none of the resumption's.
///
/// Of these, one that comes on the new stream is replayed; one that has not come when the stream was read for a grace time
/// after its head is lost on resume, if the server replays at all. Whether it does, only the whole run shows: a server of
/// which no stream ever got a message again does not resume, which is no loss. A stream that ends before that time decides
/// nothing; the next one does.
///
/// A message that comes again on a stream though an earlier one had it, and that was out before the stream's head, is a
/// repetition of the resumption; one that was out later is a duplicate of the delivery.
struct ResumeRule: Equatable {
    /// What messages of one publisher are judged by while a stream is open.
    let delivery: DeliveryRule

    /// What a client had, and with what it came back; moments in ns of the monotonic clock.
    struct Resumption: Equatable {
        /// When the client was registered for the first time.
        var since: Nanoseconds
        /// When the stream before was registered.
        var lastRegistered: Nanoseconds
        /// Up to when the stream before was read.
        var lastEnd: Nanoseconds
        /// The last message that the client had when the stream before was closed; 0 for none.
        var lastSequence: UInt32
        /// When the response head of the new stream came.
        var opened: Nanoseconds
    }

    /// Whether a message that no earlier stream of the client got was missed while it was away.
    func isMissed(_ message: Message, _ sequence: UInt32, in resumption: Resumption) -> Bool {
        guard message.accepted != nil, message.reference > resumption.since, sequence > resumption.lastSequence else {
            return false
        }
        return message.wasOut(before: resumption.opened)
            && !delivery.isOwed(message, since: resumption.lastRegistered, until: resumption.lastEnd)
    }

    /// Whether a new stream was read for long enough to have got what is replayed.
    func isDecided(_ resumption: Resumption, until end: Nanoseconds) -> Bool {
        let (due, overflow) = resumption.opened.addingReportingOverflow(delivery.grace)
        return !overflow && due < end
    }
}
