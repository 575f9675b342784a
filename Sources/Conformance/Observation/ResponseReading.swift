import EventStream

/// What came in an exchange, read as responses.
public struct ResponseReading: Sendable {
    /// The final responses whose heads came, in order.
    public internal(set) var responses: [Response] = []
    /// The status codes of interim responses.
    public internal(set) var interim: [Int] = []
    /// What is wrong with the first head that cannot be read.
    public internal(set) var headError: HTTPHeadError?
    /// Bytes that came after the last response.
    public internal(set) var surplus = 0
}
