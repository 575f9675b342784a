/// What is wrong with the framing of a body.
public enum BodyError: String, Error, CaseIterable, Sendable {
    /// A chunk's size is not a hexadecimal number, or does not fit 64 bits.
    case badChunkSize = "BAD_CHUNK_SIZE"
    /// A chunk's size line does not end in CRLF.
    case badChunkLine = "BAD_CHUNK_LINE"
    /// No CRLF follows a chunk's data.
    case badChunkEnd = "BAD_CHUNK_END"
    /// A trailer line does not end in CRLF.
    case badTrailer = "BAD_TRAILER"
    /// A chunk's size line, its extensions included, is longer than the limit.
    case chunkLineLimit = "LIMIT_CHUNK_LINE"
    /// The trailer section is longer than the limit.
    case trailerLimit = "LIMIT_TRAILER_BYTES"
    /// The connection has ended before the body.
    case truncated = "TRUNCATED_BODY"
}
