import EventStream

/// What a server answered to one request.
public struct HTTPAnswer: Equatable, Sendable {
    /// The response head.
    public let head: HTTPResponseHead
    /// The body, without its framing.
    public let body: [UInt8]

    /// The status code.
    public var status: Int { head.status }

    /// The answer itself, where its status is one of success, 200 to 299; redirections are not followed.
    ///
    /// - Throws: an error named after the status: `HTTP_500`.
    public func successful() throws(HTTPClientError) -> HTTPAnswer {
        guard (200..<300).contains(status) else { throw .status(status) }
        return self
    }
}
