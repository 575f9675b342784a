import EventStream

/// Why a response head does not begin an event stream.
enum UnusableResponse {
    /// The content type is another.
    static let notAnEventStream = "NOT_AN_EVENT_STREAM"
    /// The content coding is neither gzip nor deflate, or there are several.
    static let unsupportedContentCoding = "UNSUPPORTED_CONTENT_CODING"

    /// The name of the error that a head is; nil where it begins an event stream (HTML, 9.2.3).
    static func name(_ head: HTTPResponseHead) -> String? {
        guard head.status == 200 else { return "HTTP_\(head.status)" }
        let type = head.value(of: "content-type")?.prefix { $0 != ";" } ?? ""
        guard type.split(separator: " ").joined().lowercased() == "text/event-stream" else { return notAnEventStream }
        return nil
    }
}
