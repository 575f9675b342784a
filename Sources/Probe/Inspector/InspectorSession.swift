import Vocabulary

/// A session of the Chrome DevTools Protocol with a JavaScript engine: calls and their answers, one at a time.
final class InspectorSession {
    private let socket: WebSocketClient
    private var lastCall = 0
    /// When what is under way must be done, in ns of the monotonic clock.
    var deadline: Nanoseconds
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
        lastCall += 1
        let call: JSONValue = .object([
            "id": .number(Double(lastCall)), "method": .string(method), "params": .object(parameters),
        ])
        try socket.send(call.document, by: deadline)
        while true {
            let text = try socket.receive(by: deadline)
            guard let message = try? JSONParser.parse(text) else {
                throw HTTPClientError(name: GapName.notAnInspector)
            }
            if message["id"]?.number == Double(lastCall) {
                if message["error"] != nil { throw .inspectorRefused }
                return message["result"] ?? .null
            }
            if let method = message["method"]?.text { onEvent?(method, message["params"] ?? .null) }
        }
    }
}

extension HTTPClientError {
    /// The engine does not do what it was asked to.
    static let inspectorRefused = HTTPClientError(name: "INSPECTOR_REFUSED")
}
