extension JSONPath {
    /// The value that the path leads to; nil where it leads to none, or the text is malformed before it.
    ///
    /// What comes after the value is not looked at. Of two members with one name the first counts. Allocates nothing.
    public func find(in text: UnsafeRawBufferPointer) -> JSONFragment? {
        var scanner = JSONScanner(text)
        for step in steps {
            switch scanner.peek() {
            case UInt8(ascii: "{"): guard Self.enter(object: step.name, &scanner) else { return nil }
            case UInt8(ascii: "["): guard Self.enter(array: step.index, &scanner) else { return nil }
            default: return nil
            }
        }
        return scanner.fragment(isWhole: steps.isEmpty)
    }

    private static func enter(object name: UnsafeRawBufferPointer, _ scanner: inout JSONScanner) -> Bool {
        guard scanner.pass(UInt8(ascii: "{")) else { return false }
        while let key = scanner.string(), scanner.pass(UInt8(ascii: ":")) {
            if JSONText.equals(key, name) { return true }
            guard scanner.skip(), scanner.pass(UInt8(ascii: ",")) else { return false }
        }
        return false
    }

    private static func enter(array index: Int, _ scanner: inout JSONScanner) -> Bool {
        guard index >= 0, scanner.pass(UInt8(ascii: "[")) else { return false }
        if scanner.peek() == UInt8(ascii: "]") { return false }
        for _ in 0..<index {
            guard scanner.skip(), scanner.pass(UInt8(ascii: ",")) else { return false }
        }
        return true
    }
}
