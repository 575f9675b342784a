import EventLoop
import Record
import Synchronization

/// The bystanders of a run, sent through its parts one after the other: before the load, beside it, after it.
public final class BystanderWatch {
    private let bystanders: [LoadBystander]
    private var thread:
        (part: WritableKeyPath<BystanderRecord, BystanderRecord.Part>, BystanderThread, OperatingSystemThread)?

    /// What the bystanders have seen in the parts that are over.
    public private(set) var records: [BystanderRecord]

    /// A watch that has sent nothing.
    public init(_ bystanders: [LoadBystander]) {
        self.bystanders = bystanders
        records = bystanders.map { BystanderRecord(name: $0.name, url: $0.url) }
    }

    deinit { end() }

    /// Whether there are any bystanders.
    public var isEmpty: Bool { bystanders.isEmpty }

    /// Begins a part; nothing where there are no bystanders.
    ///
    /// - Parameters:
    ///   - part: where what they see is put.
    ///   - progress: the load beside which they are sent, while it has streams open; nil for none.
    /// - Throws: `EMFILE`, `EAGAIN` and the like where the kernel gives no event loop or thread.
    public func begin(
        _ part: WritableKeyPath<BystanderRecord, BystanderRecord.Part>,
        beside progress: LoadProgress? = nil
    ) throws(SystemError) {
        guard !bystanders.isEmpty else { return }
        end()
        let sender = try BystanderThread(bystanders, beside: progress)
        thread = (part, sender, try OperatingSystemThread(name: "bystanders") { sender.run() })
    }

    /// Ends the part that goes on; waits a moment for the answers that are under way.
    public func end() {
        guard let (part, sender, running) = thread else { return }
        thread = nil
        sender.stop()
        running.join()
        for (index, seen) in sender.parts.enumerated() { records[index][keyPath: part].merge(seen) }
    }
}
