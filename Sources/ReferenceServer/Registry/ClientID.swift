/// The name of a registered client: 64 random bits, written as 16 hexadecimal digits.
public struct ClientID: Hashable, Sendable {
    let value: UInt64

    /// A new id.
    public init() { value = UInt64.random(in: .min ... .max) }

    /// An id from its text.
    ///
    /// - Returns: nil where the text is not 16 lower-case hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.digits, let value = UInt64(text, radix: 16) else { return nil }
        self.value = value
        // UInt64 also reads a sign and upper-case digits.
        guard text == description else { return nil }
    }

    private static let digits = 16
}

extension ClientID: CustomStringConvertible {
    /// The 16 digits.
    public var description: String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: Self.digits - text.utf8.count) + text
    }
}
