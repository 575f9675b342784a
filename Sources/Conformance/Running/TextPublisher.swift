import EventLoop
import Glibc
import HTTP
import Transport
import Vocabulary

/// Publishes texts, each by a POST.
struct TextPublisher: Sendable {
    let url: TargetURL
    let address: SocketAddress
    let options: CheckOptions
    var isInterrupted: @Sendable () -> Bool = { false }

    /// Publishes one text; blocks, but never past the limits.
    func publish(_ text: String) -> Publication {
        let body = Array(text.utf8)
        let fields = [
            HTTPField("Host", url.hostHeader), HTTPField("Content-Type", "text/plain; charset=utf-8"),
            HTTPField("Content-Length", "\(body.count)"), HTTPField("User-Agent", options.userAgent),
            HTTPField("Connection", "close"),
        ]
        let given = Set(fields.map { $0.name.lowercased() })
        let added = options.headers.filter { !given.contains($0.name.lowercased()) }
        let request = RequestWriter(options: options).raw("POST \(url.path) HTTP/1.1", fields + added) + body
        let script = ExchangeScript(requests: [request], methods: ["POST"])
        var target = options
        target.url = url
        let sent = MonotonicClock.now()
        let runner = ExchangeRunner(
            address: address,
            contexts: TLSContexts(target),
            publisher: nil,
            isInterrupted: isInterrupted
        )
        do {
            let record = try runner.run(script)
            let status = record.reading.responses.first?.head.status
            return Publication(sent: sent, status: status, failure: status == nil ? record.end.words : nil)
        } catch {
            return Publication(sent: sent, status: nil, failure: "\(error)")
        }
    }
}

/// Publishes texts one after the other, on a thread of its own.
final class TextPublishing {
    private final class Results: Sendable {
        let publications = Locked<[Publication]>([])
    }

    private let results = Results()
    private let thread: OperatingSystemThread?

    /// Begins.
    init(_ texts: [String], by publisher: TextPublisher) {
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
