import Glibc
import HTTP

/// What an answer says of the process, or the machine, that gave it.
public struct AnswerIdentity: Hashable, Sendable {
    /// Members of a JSON document, at its top, that name who answers; the first that is there counts.
    public static let members = [
        "pid", "process_id", "processId", "instance", "instanceId", "instance_id", "worker", "workerId", "worker_id",
        "hostname", "host", "pod", "node",
    ]
    /// Header fields that name who answers; the first that is there counts, after the members.
    public static let headers = [
        "x-instance", "x-instance-id", "x-worker", "x-worker-id", "x-process-id", "x-served-by", "x-backend-server",
        "x-pod-name", "x-hostname", "server-timing",
    ]
    /// Characters of a value that is taken for an identity; what is longer tells of something else.
    public static let valueLength = 100

    /// What names it, as a profile's `instance:` does: `/pid`; of a header field its name.
    public let source: String
    /// Who it is: `4711`, `worker-2`.
    public let value: String

    /// Whether it names one process: a machine, a pod or a worker's place may be those of several.
    public var isOfProcess: Bool { ["/pid", "/process_id", "/processId", "x-process-id"].contains(source) }

    /// An identity from its parts.
    public init(source: String, value: String) {
        self.source = source
        self.value = value
    }

    /// The identity in an answer; nil where nothing in it has the look of one.
    static func find(in document: JSONValue?, _ head: HTTPResponseHead?) -> AnswerIdentity? {
        for name in members {
            if let value = document?[name]?.identity { return AnswerIdentity(source: "/\(name)", value: value) }
        }
        for name in headers {
            guard let text = head?.value(of: name), !text.isEmpty else { continue }
            guard name == "server-timing" else {
                guard text.count <= valueLength else { continue }
                return AnswerIdentity(source: name, value: text)
            }
            if let value = described(text) { return AnswerIdentity(source: name, value: value) }
        }
        return nil
    }

    /// The description of a `Server-Timing` metric that is named like a member: `instance;desc="a1"`.
    private static func described(_ text: String) -> String? {
        for metric in text.split(separator: ",") {
            let parts = metric.split(separator: ";").map { $0.drop(while: \.isWhitespace) }
            guard let name = parts.first, members.contains(String(name)) else { continue }
            for part in parts.dropFirst() where part.hasPrefix("desc=") {
                let value = part.dropFirst(5).filter { $0 != "\"" }
                if (1...valueLength).contains(value.count) { return value }
            }
        }
        return nil
    }
}

extension JSONValue {
    /// The value as one that tells a process from the others: text or a whole number; nil of any other.
    var identity: String? {
        switch self {
        case .string(let text): (1...AnswerIdentity.valueLength).contains(text.count) ? text : nil
        case .number(let number): Int64(exactly: number).map { "\($0)" }
        default: nil
        }
    }
}
