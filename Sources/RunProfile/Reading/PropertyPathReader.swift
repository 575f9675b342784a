/// Reads what names a variable and its properties.
enum PropertyPathReader {
    /// Reads names with dots between them.
    static func read(_ field: Field) -> PropertyPath? {
        let expectation = "a variable and its properties, such as manager.clients"
        guard let text = field.text(expected: expectation) else { return nil }
        guard text.utf8.count <= ProfileLimits.addressBytes, let path = PropertyPath(text) else {
            field.rejectKind(expected: expectation)
            return nil
        }
        return path
    }
}
