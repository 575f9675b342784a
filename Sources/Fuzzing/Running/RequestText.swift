/// What can be told of a request's bytes about the bodies of its answers.
enum RequestText {
    /// The methods whose answers may have no body whatever their fields say (RFC 9112, 6.3).
    private static let bodiless = ["HEAD", "CONNECT"].map { Array($0.utf8) }

    /// Whether a server may find a request without a body to its answer in the bytes, or just not.
    static func isAmbiguous(_ bytes: [UInt8]) -> Bool {
        bodiless.contains { word in
            bytes.indices.contains { bytes[$0] == word[0] && bytes[$0...].starts(with: word) }
        }
    }
}
