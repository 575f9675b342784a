import EventStream

/// Why a response head does not begin an event stream that can be read.
package enum UnusableResponse {
    /// How the events of a response are compressed.
    package enum Compression: Sendable {
        /// Not at all.
        case none
        /// In one format.
        case format(CompressionFormat)
    }

    /// The content type is another.
    package static let notAnEventStream = "NOT_AN_EVENT_STREAM"
    /// The content coding is neither gzip nor deflate, or there are several.
    package static let unsupportedContentCoding = "UNSUPPORTED_CONTENT_CODING"

    /// The name of the error that a head is; nil where it begins an event stream (HTML, 9.2.3).
    package static func name(_ head: HTTPResponseHead) -> String? {
        guard head.status == 200 else { return "HTTP_\(head.status)" }
        return head.isEventStream ? nil : notAnEventStream
    }

    /// How a response is compressed; nil where its codings cannot be taken off.
    package static func compression(_ head: HTTPResponseHead) -> Compression? {
        switch head.contentCodings.filter({ $0 != .identity }) {
        case []: Compression.none
        case [.gzip]: .format(.gzip)
        case [.deflate]: .format(.deflate)
        default: nil
        }
    }
}
