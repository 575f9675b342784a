import EventLoop
import Record
import Vocabulary

/// The publishers of a load, each on a thread of its own.
final class PublisherThreads: Sendable {
    /// What the workers watch for.
    let messages: PublishedMessages
    private let publishers: [PublisherThread]

    /// Publishers whose loops stand, but which have sent nothing.
    ///
    /// - Parameter scenarios: the load's scenarios, by name.
    /// - Throws: `EMFILE` and the like where the kernel gives no event loop.
    init(_ publishers: [LoadPublisher], scenarios: [String]) throws(SystemError) {
        precondition(publishers.count <= MessageStamp.publishers)
        let run = MonotonicClock.now() / .perMicrosecond % MessageStamp.runs
        var messages = PublishedMessages()
        var threads: [PublisherThread] = []
        for (position, publisher) in publishers.enumerated() {
            let table = MessageTable()
            threads.append(
                try PublisherThread(publisher, table: table, run: run, position: position, scenarios: scenarios)
            )
            messages.publishers.append(
                WatchedPublisher(
                    name: publisher.name,
                    table: table,
                    rule: DeliveryRule(grace: publisher.grace),
                    words: publisher.windowWords,
                    scenarios: scenarios.map { publisher.scenarios?.contains($0) ?? true }
                )
            )
        }
        if !publishers.isEmpty { messages.reader = MessageStampReader(run: run) }
        self.messages = messages
        self.publishers = threads
    }

    /// Starts to publish.
    ///
    /// - Parameter moment: the start of the load, in ns of the monotonic clock.
    /// - Returns: the threads, to be joined after ``stop()``.
    /// - Throws: `EAGAIN` where the system has no thread left; those that were started are to be stopped and joined all
    ///   the same.
    func start(at moment: Nanoseconds, _ threads: inout [OperatingSystemThread]) throws(SystemError) {
        for (index, publisher) in publishers.enumerated() {
            threads.append(
                try OperatingSystemThread(name: "publisher-\(index)") { publisher.run(from: moment) }
            )
        }
    }

    /// Publishes no more.
    func stop() {
        for publisher in publishers { publisher.stop() }
    }

    /// What the publishers did, once their threads have ended.
    var records: [DeliveryRecord] {
        publishers.map { thread in
            var record = DeliveryRecord(publisher: thread.publisher.name)
            record.publishing = thread.counts
            return record
        }
    }
}
