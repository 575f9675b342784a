/// Reads `target.tls:`.
enum TLSReader {
    /// Reads how TLS is spoken to the target.
    static func read(_ field: Field) -> TLSOptions? {
        guard var keys = MappingReader(field, expected: "a map, such as { verify: false }") else { return nil }
        defer { keys.finish() }
        var options = TLSOptions()
        keys.read("verify", into: &options.verify) { $0.flag() }
        keys.read("ca", into: &options.authorityFile) { field in
            field.text(expected: "the path of a PEM file, such as ca.pem") { !$0.isEmpty && !$0.utf8.contains(0) }
        }
        keys.read("serverName", into: &options.serverName) { field in
            field.text(expected: "a host name, such as localhost", where: isHostName)
        }
        keys.read("minVersion", into: &options.minimumVersion) { $0.choice() }
        let highest = keys.field("maxVersion")
        if let version: TLSOptions.Version = highest?.choice() { options.maximumVersion = version }
        keys.read("resume", into: &options.resume) { $0.flag() }
        if options.minimumVersion == .tls13, options.maximumVersion == .tls12 {
            highest?.reject("below minVersion", expected: "1.3, or minVersion: \"1.2\"")
        }
        return options
    }

    /// Whether a text can be sent as a server's name (RFC 6066, 3; RFC 1035, 2.3.4).
    private static func isHostName(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "-._:".utf8.contains(byte)
                }
            }
    }
}
