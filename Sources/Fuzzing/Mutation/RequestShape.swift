/// A request, in the pieces that are mutated.
struct RequestShape {
    var method = Array("GET".utf8)
    var target: [UInt8]
    var version = Array("HTTP/1.1".utf8)
    /// The header lines, without their ends.
    var lines = [Array("Host: \(Marker.hostPlaceholder)".utf8)]
    var lineEnd = Array("\r\n".utf8)
    var body: [UInt8] = []

    init(target: String) { self.target = Array(target.utf8) }

    /// Adds a header line.
    mutating func add(_ line: String) { lines.append(Array(line.utf8)) }

    /// The request as it is sent.
    var bytes: [UInt8] {
        let space: [UInt8] = [0x20]
        var bytes = method + space + target + space + version + lineEnd
        for line in lines { bytes += line + lineEnd }
        return bytes + lineEnd + body
    }
}
