/// What kept a test from being made, or what it waited for in vain.
struct SupportError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
