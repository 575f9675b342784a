/// The version in a first line (RFC 9112, 2.3).
enum HTTPVersion {
    /// The minor version of `HTTP/1.x`.
    ///
    /// - Throws: ``HTTPHeadError/unsupportedVersion`` for another major version, else `malformed`.
    static func minor(_ text: some Collection<UInt8>, malformed: HTTPHeadError) throws(HTTPHeadError) -> Int {
        guard text.starts(with: "HTTP/".utf8) else { throw malformed }
        let numbers = text.dropFirst(5).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(numbers.count), let major = digit(numbers[0]) else { throw malformed }
        guard major == 1 else { throw .unsupportedVersion }
        guard numbers.count == 2, let minor = digit(numbers[1]) else { throw malformed }
        return minor
    }

    private static func digit(_ text: some Collection<UInt8>) -> Int? {
        guard text.count == 1, let byte = text.first else { return nil }
        return ASCII.decimalValue(byte).map(Int.init)
    }
}
