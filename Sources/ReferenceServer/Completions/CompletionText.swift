import Glibc

/// The events of one completion, in the streaming format of OpenAI's chat completions.
struct CompletionText {
    /// The tokens, again and again; one of them is no ASCII.
    private static let tokens = ["Water", " finds", " its", " own", " level", "…", " and", " leaks", " first", ".\\n"]

    /// What ends the stream.
    static let done = EventBytes(Array("data: [DONE]\n\n".utf8))

    private let id = ClientID()
    private let created = time(nil)
    private let faults: Faults

    init(faults: Faults) { self.faults = faults }

    /// The event before the first token: it names the role, and has no text.
    func role() -> EventBytes { chunk(delta: "{\"role\":\"assistant\",\"content\":\"\"}", reason: "null") }

    /// The event of a token, by its number from 0.
    func token(_ number: Int) -> EventBytes {
        chunk(delta: "{\"content\":\"\(Self.tokens[number % Self.tokens.count])\"}", reason: "null")
    }

    /// The event that tells why there are no more tokens.
    func stop() -> EventBytes { chunk(delta: "{}", reason: "\"stop\"") }

    private func chunk(delta: String, reason: String) -> EventBytes {
        let choice = "{\"index\":0,\"delta\":\(delta),\"finish_reason\":\(reason)}"
        let names = "\"object\":\"chat.completion.chunk\",\"created\":\(created),\"model\":\"reference\""
        return .event(data: "{\"id\":\"chatcmpl-\(id)\",\(names),\"choices\":[\(choice)]}", faults: faults)
    }
}
