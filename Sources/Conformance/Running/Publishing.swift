import EventLoop
import Glibc
import Vocabulary

/// Publishes texts one after the other, on a thread of its own.
final class Publishing {
    private final class Results: Sendable {
        let publications = Locked<[Publication]>([])
    }

    private let results = Results()
    private let thread: OperatingSystemThread?

    /// Begins.
    init(_ texts: [String], by publisher: Publisher) {
        thread = try? OperatingSystemThread(name: "publish") { [results] in
            for text in texts {
                usleep(UInt32(CheckLimits.publishPause / .perMicrosecond))
                let publication = publisher.publish(text)
                results.publications.withLock { $0.append(publication) }
            }
        }
    }

    /// Waits until all is published; to be called once.
    func finish() -> [Publication] {
        thread?.join()
        return results.publications.withLock { $0 }
    }
}
