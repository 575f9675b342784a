/// What is published.
struct Publication: Equatable, Sendable {
    /// The topic, as it is written into the request.
    var topic: String
    /// What follows the stamp in the event's data.
    var text = ""
    /// Bytes that the data is filled up to with the letter x; 0 for none.
    var size = 0
    /// How often it is published, one after the other.
    var times = 1

    /// The data, with the stamp of its topic.
    func data(stamp: Stamp) -> [UInt8] {
        var bytes = stamp.bytes + Array(text.utf8)
        if bytes.count < size { bytes += [UInt8](repeating: UInt8(ascii: "x"), count: size - bytes.count) }
        return bytes
    }
}
