/// Why a head cannot be written.
public enum HTTPWriteError: String, Error, CaseIterable, Sendable {
    /// The method is not a token.
    case invalidMethod = "INVALID_METHOD"
    /// The target is empty, or holds a byte that is not visible ASCII.
    case invalidTarget = "INVALID_TARGET"
    /// The status is not a number of three digits.
    case invalidStatus = "INVALID_STATUS"
    /// The reason holds a CR, an LF or a NUL.
    case invalidReason = "INVALID_REASON"
    /// A field's name is not a token.
    case invalidFieldName = "INVALID_FIELD_NAME"
    /// A field's value holds a CR, an LF or a NUL.
    case invalidFieldValue = "INVALID_FIELD_VALUE"
}
