/// A value found in JSON, as a view of the bytes it was found in.
public struct JSONFragment {
    /// What a value is.
    public enum Kind: Sendable {
        /// Text; the bytes are those between the quotation marks, escapes and all.
        case string
        /// A number.
        case number
        /// `true`, `false` or `null`.
        case literal
        /// An object or an array; the bytes are its first one only, as what is in it has not been looked at.
        case container
    }

    /// What the value is.
    public let kind: Kind
    /// Where it stands; valid as long as the bytes it was found in.
    public let bytes: UnsafeRawBufferPointer
}
