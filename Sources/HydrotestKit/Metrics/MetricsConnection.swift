import EventLoop
import EventStream
import Glibc
import Vocabulary

/// One client of the metrics' address: one request, one answer, and the end.
final class MetricsConnection {
    let descriptor: Int32
    /// When it must be over, in ns of the monotonic clock.
    let deadline: Nanoseconds
    private var parser = HTTPRequestHeadParser(limitBytes: MetricsLimits.requestBytes)
    private var answer: [UInt8]?
    private var sent = 0

    init(_ descriptor: Int32, deadline: Nanoseconds) {
        self.descriptor = descriptor
        self.deadline = deadline
    }

    deinit {
        parser.release()
        Socket.discardReceived(descriptor)
        Socket.close(descriptor)
    }

    /// What is waited for, as poll(2) names it.
    var interest: Int16 { Int16(answer == nil ? POLLIN : POLLOUT) }

    /// Goes on as far as the socket lets it.
    ///
    /// - Parameter page: makes the page of a form.
    /// - Returns: whether anything is left to do.
    func proceed(_ page: (MetricsPage.Form) -> MetricsPage) -> Bool {
        if answer == nil, !read(page) { return false }
        return answer == nil || write()
    }

    /// Reads as much of the request as has come; false at its untimely end.
    private func read(_ page: (MetricsPage.Form) -> MetricsPage) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: MetricsLimits.requestBytes, alignment: 1) { buffer in
            switch Socket.receive(descriptor, into: buffer) {
            case .wouldBlock: return true
            case .end, .failed: return false
            case .bytes(let count):
                answer = answer(to: UnsafeRawBufferPointer(rebasing: buffer[..<count]), page)
                return true
            }
        }
    }

    /// The answer once the request's head is there.
    private func answer(to bytes: UnsafeRawBufferPointer, _ page: (MetricsPage.Form) -> MetricsPage) -> [UInt8]? {
        do throws(HTTPHeadError) {
            return try parser.parse(bytes).map { Self.answer(to: $0.head, page) }
        } catch {
            return Self.answer(status: 400, "\(error.rawValue)\n")
        }
    }

    private func write() -> Bool {
        guard let answer else { return true }
        let result = answer.withUnsafeBytes {
            Socket.send(descriptor, UnsafeRawBufferPointer(rebasing: $0[sent...]))
        }
        switch result {
        case .bytes(let count): sent += count
        case .wouldBlock: return true
        case .end, .failed: return false
        }
        return sent < answer.count
    }

    /// The answer to a request.
    static func answer(to head: HTTPRequestHead, _ page: (MetricsPage.Form) -> MetricsPage) -> [UInt8] {
        guard head.path == "/metrics" else { return answer(status: 404, "the metrics are at /metrics\n") }
        guard ["GET", "HEAD"].contains(head.method) else {
            return answer(status: 405, "GET is allowed\n", fields: [HTTPField("Allow", "GET, HEAD")])
        }
        let form = MetricsPage.Form(accept: head.fields.values(of: "accept").joined(separator: ","))
        return answer(
            status: 200,
            page(form).text,
            type: form.contentType,
            hasBody: head.method == "GET"
        )
    }

    private static func answer(
        status: Int,
        _ text: String,
        type: String = "text/plain; charset=utf-8",
        fields: [HTTPField] = [],
        hasBody: Bool = true
    ) -> [UInt8] {
        let body = Array(text.utf8)
        let all = [
            HTTPField("Content-Type", type), HTTPField("Content-Length", "\(body.count)"),
            HTTPField("Cache-Control", "no-store"), HTTPField("Connection", "close"),
        ]
        do {
            return try HTTPHeadWriter.response(status: status, fields: all + fields) + (hasBody ? body : [])
        } catch {
            preconditionFailure("a head of constants can be written")
        }
    }
}
