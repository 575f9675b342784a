import Vocabulary

/// A session of the Chrome DevTools Protocol with a JavaScript engine: calls and their answers.
final class InspectorSession {
    /// Calls that are under way at a time; their texts fit into any socket's buffer.
    private static let batch = 64

    private let socket: WebSocketClient
    private var lastCall = 0
    /// When what is under way must be done, in ns of the monotonic clock.
    var deadline: Nanoseconds
    /// Whether another call may follow one whose answer was late; an answer that comes after its time is passed over.
    var isUsable = true
    /// Takes what the engine tells unasked, by method.
    var onEvent: ((String, JSONValue) -> Void)?

    /// Connects to a target's address.
    init(url: TargetURL, deadline: Nanoseconds) throws(HTTPClientError) {
        self.deadline = deadline
        socket = try WebSocketClient(url: url, deadline: deadline)
    }

    /// Calls a method and waits for its result.
    ///
    /// - Throws: ``HTTPClientError``; one named `INSPECTOR_REFUSED` where the engine answers with an error.
    @discardableResult
    func call(_ method: String, _ parameters: [String: JSONValue] = [:]) throws(HTTPClientError) -> JSONValue {
        guard let result = try calls(method, [parameters]).first else { throw .inspectorRefused }
        return result
    }

    /// Calls a method for each of several parameters, many at a time: on a busy machine each wait for an answer takes
    /// some 20 ms, however short its work.
    ///
    /// - Returns: the results, in the parameters' order.
    /// - Throws: as ``call(_:_:)``, where one of them does.
    func calls(_ method: String, _ parameters: [[String: JSONValue]]) throws(HTTPClientError) -> [JSONValue] {
        var results: [JSONValue] = []
        for start in stride(from: 0, to: parameters.count, by: Self.batch) {
            results += try callAtOnce(method, parameters[start..<min(start + Self.batch, parameters.count)])
        }
        return results
    }

    private func callAtOnce(
        _ method: String,
        _ parameters: ArraySlice<[String: JSONValue]>
    ) throws(HTTPClientError) -> [JSONValue] {
        let first = lastCall + 1
        for parameters in parameters {
            lastCall += 1
            try send(
                .object(["id": .number(Double(lastCall)), "method": .string(method), "params": .object(parameters)])
            )
        }
        var results = [JSONValue?](repeating: nil, count: parameters.count)
        var missing = parameters.count
        while missing > 0 {
            let text = try socket.receive(by: deadline)
            guard let message = try? JSONParser.parse(text) else {
                throw HTTPClientError(name: GapName.notAnInspector)
            }
            if let id = message["id"]?.number.flatMap({ Int(exactly: $0) }) {
                let index = id - first
                guard results.indices.contains(index), results[index] == nil else { continue }
                if message["error"] != nil { throw .inspectorRefused }
                results[index] = message["result"] ?? .null
                missing -= 1
            } else if let method = message["method"]?.text {
                onEvent?(method, message["params"] ?? .null)
            }
        }
        return results.compactMap(\.self)
    }

    private func send(_ call: JSONValue) throws(HTTPClientError) {
        do {
            try socket.send(call.document, by: deadline)
        } catch {
            // Half a message may have been written.
            isUsable = false
            throw error
        }
    }
}

extension HTTPClientError {
    /// The engine does not do what it was asked to.
    static let inspectorRefused = HTTPClientError(name: "INSPECTOR_REFUSED")
}
