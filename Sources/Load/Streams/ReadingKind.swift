/// How a connection reads its stream.
enum ReadingKind: UInt8 {
    /// As bytes come.
    case full
    /// Slowly or not at all.
    case slow
    /// What has come, after it was read slowly, to see whether the server's end stands behind it.
    case last
    /// The same, after the server's end was seen to come.
    case lastBeforeEnd
}
