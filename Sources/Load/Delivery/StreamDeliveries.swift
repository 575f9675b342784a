import Record
import Synchronization
import Vocabulary

/// What each of a worker's streams has got of the published messages, in memory side by side with the connections.
///
/// Takes no memory where nothing is published. Per stream and publisher it is a ``StreamState`` and a few words of bits.
/// A plain value of pointers, so that its use retains nothing: ``release()`` frees the memory.
struct StreamDeliveries {
    private let publishers: UnsafeMutableBufferPointer<WatchedPublisher>
    private let watches: UnsafeMutableBufferPointer<PublisherWatch>
    /// Words of all publishers' windows of one stream.
    private let wordsPerSlot: Int
    private var capacity = 0
    private var states: UnsafeMutablePointer<StreamState>
    private var bits: UnsafeMutablePointer<UInt64>
    /// The counts of each scenario and publisher.
    private let counts: UnsafeMutableBufferPointer<DeliveryCounts>
    private let places: UnsafeMutableBufferPointer<LossPlaces>
    private let latencies: UnsafeMutableBufferPointer<LatencyHistogram>

    init(_ publishers: [WatchedPublisher], scenarioCount: Int) {
        self.publishers = .allocate(capacity: publishers.count)
        _ = self.publishers.initialize(from: publishers)
        watches = .allocate(capacity: publishers.count)
        var words = 0
        for (index, publisher) in publishers.enumerated() {
            let watch = PublisherWatch(
                messages: publisher.table.view,
                rule: publisher.rule,
                words: publisher.words,
                offset: words
            )
            watches.initializeElement(at: index, to: watch)
            words += publisher.words
        }
        wordsPerSlot = words
        states = .allocate(capacity: 0)
        bits = .allocate(capacity: 0)
        counts = .allocate(capacity: scenarioCount * publishers.count)
        counts.initialize(repeating: DeliveryCounts())
        places = .allocate(capacity: scenarioCount * publishers.count)
        places.initialize(repeating: LossPlaces())
        latencies = .allocate(capacity: scenarioCount * publishers.count)
        latencies.initialize(repeating: LatencyHistogram())
    }

    /// Whether anything is published.
    var isEmpty: Bool { publishers.isEmpty }

    func release() {
        publishers.deinitialize().deallocate()
        watches.deallocate()
        states.deallocate()
        bits.deallocate()
        counts.deinitialize().deallocate()
        places.deinitialize().deallocate()
        latencies.deinitialize().deallocate()
    }

    /// Forgets what was counted, but not what streams have got.
    func reset() {
        for index in counts.indices { counts[index] = DeliveryCounts() }
        for index in places.indices { places[index] = LossPlaces() }
        for index in latencies.indices { latencies[index] = LatencyHistogram() }
    }

    /// What came of the messages at a scenario's streams, one record for each publisher that they are to hear.
    func records(of scenario: Int) -> [DeliveryRecord] {
        publishers.indices.filter { publishers[$0].scenarios[scenario] }.map { index in
            var record = DeliveryRecord(publisher: publishers[index].name)
            record.counts = counts[scenario * watches.count + index]
            record.places = places[scenario * watches.count + index]
            record.latency = latencies[scenario * watches.count + index]
            return record
        }
    }

    /// Begins to watch a stream.
    ///
    /// - Parameters:
    ///   - connected: when its connection stood, in ns of the monotonic clock.
    ///   - moment: when its response head came, in ns of the monotonic clock.
    ///   - isResumed: whether its client came back with it, saying what it had seen.
    mutating func begin(
        _ slot: Int,
        scenario: Int,
        connected: Nanoseconds,
        at moment: Nanoseconds,
        isResumed: Bool = false
    ) {
        if slot >= capacity { grow(to: slot + 1) }
        for index in publishers.indices where publishers[index].scenarios[scenario] {
            let words = watches[index].words
            var state = StreamState()
            state.isWatched = true
            state.isResumed = isResumed
            state.connected = connected
            state.registered = moment + DeliveryRule.headMargin
            state.window = ReceiptWindow(
                after: watches[index].messages.latest,
                words: words
            )
            self.state(slot, index).pointee = state
            self.words(slot, index).update(repeating: 0, count: words)
            counts[scenario * watches.count + index].streams += 1
            if isResumed { places[scenario * watches.count + index].resumed += 1 }
        }
    }

    /// Notes that a stream has an event.
    func noteEvent(_ slot: Int, at moment: Nanoseconds) {
        for index in watches.indices {
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
        guard index < watches.count else { return }
        let state = state(slot, index)
        let watch = watches[index]
        // A number that was never sent is some other number, or a message of another run.
        guard state.pointee.isWatched, stamp.sequence > 0, stamp.sequence <= watch.messages.latest
        else { return }
        let row = scenario * watches.count + index
        let counts = counts.baseAddress.unsafelyUnwrapped + row
        let receipt = state.pointee.window.take(stamp.sequence, words(slot, index), words: watch.words) {
            judge($0, slot, index, row, until: moment, before: stamp.sequence)
        }
        if receipt == .duplicate {
            counts.pointee.duplicated += 1
            return
        }
        guard let entry = watch.messages.entry(stamp.sequence) else {
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
        latencies[scenario * watches.count + index].record(
            moment > message.scheduled ? moment - message.scheduled : 0
        )
        // What was sent before may be of a replay, even where it came out while the stream connected.
        if state.pointee.first == 0, message.sent > state.pointee.registered { state.pointee.first = stamp.sequence }
        if stamp.sequence > state.pointee.latest {
            state.pointee.latest = stamp.sequence
        } else if let later = watch.messages.entry(state.pointee.latest)?.pointee.message,
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
        for index in watches.indices where state(slot, index).pointee.isWatched {
            let state = state(slot, index)
            state.pointee.isWatched = false
            let latest = watches[index].messages.latest
            state.pointee.window.finish(through: latest, words(slot, index), words: watches[index].words) {
                judge($0, slot, index, scenario * watches.count + index, until: moment, before: 0)
            }
        }
    }

    /// Notes that a client has closed its stream, whether messages were awaited on it or not.
    ///
    /// - Parameters:
    ///   - stream: the stream's position in its scenario.
    ///   - moment: when that was, in ns of the monotonic clock.
    func noteDeparture(scenario: Int, stream: UInt32, at moment: Nanoseconds) {
        for publisher in publishers {
            publisher.table.noteDeparture(DepartureLog.Entry(scenario: scenario, stream: stream, moment: moment))
        }
    }

    /// Counts a message that did not come, where it was owed.
    ///
    /// - Parameters:
    ///   - row: the place of the scenario's and publisher's counts.
    ///   - coming: the message that comes in its stead; 0 where the stream ends.
    private func judge(
        _ sequence: UInt32,
        _ slot: Int,
        _ index: Int,
        _ row: Int,
        until end: Nanoseconds,
        before coming: UInt32
    ) {
        let counts = counts.baseAddress.unsafelyUnwrapped + row
        let state = state(slot, index)
        let registered = state.pointee.registered
        guard let entry = watches[index].messages.entry(sequence) else {
            counts.pointee.unjudged += 1
            return
        }
        let message = entry.pointee.message
        guard watches[index].rule.isOwed(message, since: registered, until: end) else { return }
        counts.pointee.lost += 1
        entry.pointee.lost.add(1, ordering: .relaxed)
        if message.sent <= registered { counts.pointee.lostAtStart += 1 }
        notePlace(of: sequence, message, state, row, before: coming)
        if state.pointee.lost == 0 { counts.pointee.losers += 1 }
        state.pointee.lost += 1
    }

    /// Counts where a lost message lies among those that its stream got.
    private func notePlace(
        of sequence: UInt32,
        _ message: Message,
        _ state: UnsafeMutablePointer<StreamState>,
        _ row: Int,
        before coming: UInt32
    ) {
        let places = places.baseAddress.unsafelyUnwrapped + row
        let first = state.pointee.first > 0 ? state.pointee.first : coming
        if sequence < first {
            guard message.reference < state.pointee.registered + DeliveryRule.onset else { return }
            let isFirst = !state.pointee.hasLostBefore
            state.pointee.hasLostBefore = true
            if state.pointee.isResumed {
                places.pointee.lostBehindResume += 1
                if isFirst { places.pointee.losersBehindResume += 1 }
            } else {
                places.pointee.lostBehindStart += 1
                if isFirst { places.pointee.losersBehindStart += 1 }
            }
        } else if first > 0, sequence < max(state.pointee.latest, coming) {
            places.pointee.lostBetween += 1
            if !state.pointee.hasLostBetween { places.pointee.losersBetween += 1 }
            state.pointee.hasLostBetween = true
        }
    }

    private func state(_ slot: Int, _ publisher: Int) -> UnsafeMutablePointer<StreamState> {
        states + (slot * watches.count + publisher)
    }

    private func words(_ slot: Int, _ publisher: Int) -> UnsafeMutablePointer<UInt64> {
        bits + (slot * wordsPerSlot + watches[publisher].offset)
    }

    private mutating func grow(to needed: Int) {
        let larger = max(256, capacity * 2, needed)
        let (moreStates, moreBits) = (larger * watches.count, larger * wordsPerSlot)
        let states = UnsafeMutablePointer<StreamState>.allocate(capacity: moreStates)
        states.update(from: self.states, count: capacity * watches.count)
        (states + capacity * watches.count)
            .initialize(repeating: StreamState(), count: moreStates - capacity * watches.count)
        let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: moreBits)
        bits.update(from: self.bits, count: capacity * wordsPerSlot)
        self.states.deallocate()
        self.bits.deallocate()
        (self.states, self.bits, capacity) = (states, bits, larger)
    }
}

/// What one stream has got of one publisher's messages; the window's bits lie beside it.
struct StreamState {
    /// When its connection stood, in ns of the monotonic clock: what was out before is no live message to it.
    var connected: Nanoseconds = 0
    /// When the stream counts as registered, in ns of the monotonic clock.
    var registered: Nanoseconds = 0
    var window = ReceiptWindow(after: 0, words: 2)
    /// The first message that came live and was sent once the stream was registered; 0 before it.
    var first: UInt32 = 0
    /// The latest message that came live; 0 before the first.
    var latest: UInt32 = 0
    /// Messages lost.
    var lost: UInt32 = 0
    /// Whether the stream is watched at present.
    var isWatched = false
    /// Whether the stream had an event.
    var hasEvent = false
    /// Whether its client came back with it, saying what it had seen.
    var isResumed = false
    /// Whether it lost a message before its first live one.
    var hasLostBefore = false
    /// Whether it lost a message between two live ones.
    var hasLostBetween = false
}

/// Decides which messages a stream had to get.
///
/// A message is owed to a stream where all of this holds:
///
/// 1. The server took it: its answer was a success. What was refused, or never answered, is nobody's loss.
/// 2. The stream was registered before the server gave the message out. A stream is registered at its first event, and
///    where none comes, some time after its response head, since many servers send the head before they take the client
///    up. A message is given out at the first moment at which any stream got it; where the server answered before, at the
///    answer; where nobody got it, or the moment is not known to a read, at its sending. The kernel's receive times,
///    which all streams of one machine share, put these moments in order; ``margin`` covers their conversion.
/// 3. The stream was open, and read, a grace time after the message was out: after the later of its answer and its first
///    delivery. A stream that is dropped on purpose ends, for this rule, where it stops dead.
///
/// So a client that registers while a broadcast is under way, has its first event, and sees others get the message after
/// that, has lost it; a client that came after the first delivery has lost nothing.
struct DeliveryRule: Equatable {
    /// How long after its first event a stream counts as registered, in ns.
    static let margin: Nanoseconds = .perMillisecond
    /// How long after its response head a stream without an event counts as registered, in ns.
    static let headMargin: Nanoseconds = 250 * .perMillisecond
    /// How long after its beginning a stream's losses may still be the work of how it began, in ns.
    static let onset: Nanoseconds = 5 * .perSecond

    /// How long a message may take, in ns.
    let grace: Nanoseconds

    /// Whether a message that did not come was owed.
    ///
    /// - Parameters:
    ///   - registered: when the stream counted as registered.
    ///   - end: the moment up to which the stream was read.
    func isOwed(_ message: Message, since registered: Nanoseconds, until end: Nanoseconds) -> Bool {
        guard let accepted = message.accepted, message.reference > registered else { return false }
        let (due, overflow) = max(accepted, message.first ?? 0).addingReportingOverflow(grace)
        return !overflow && due < end
    }

    /// Whether a message that comes after a later one comes out of order: only where the later one was sent after the
    /// server had taken this one; what is under way together has no order.
    static func isOutOfOrder(_ message: Message, after later: Message) -> Bool {
        message.accepted.map { $0 < later.sent } ?? false
    }
}
