import EventStream

/// A request whose body is not complete.
final class PendingRequest {
    let head: HTTPRequestHead
    private var decoder: BodyDecoder
    private(set) var body: [UInt8] = []

    /// A request before its body.
    ///
    /// - Throws: what is wrong with the body's framing.
    init(_ head: HTTPRequestHead) throws(HTTPHeadError) {
        self.head = head
        decoder = BodyDecoder(try head.bodyFraming())
    }

    var isComplete: Bool { decoder.isComplete }

    /// Whether the head announces more than the limit.
    var announcesTooMuch: Bool {
        guard case .length(let length) = try? head.bodyFraming() else { return false }
        return length > UInt64(ReferenceServerLimits.bodyBytes)
    }

    /// Whether the client waits for a word before it sends the body (RFC 9110, 10.1.1).
    var expectsContinue: Bool {
        head.minorVersion >= 1 && !isComplete && head.fields.tokens(of: "expect").contains("100-continue")
    }

    /// Takes what belongs to the body off the input.
    ///
    /// - Returns: false where the body is longer than the limit.
    /// - Throws: what is wrong with the framing.
    func append(_ input: inout UnsafeRawBufferPointer) throws(BodyError) -> Bool {
        while let slice = try decoder.next(&input) {
            guard body.count + slice.count <= ReferenceServerLimits.bodyBytes else { return false }
            body.append(contentsOf: slice)
        }
        return true
    }
}
