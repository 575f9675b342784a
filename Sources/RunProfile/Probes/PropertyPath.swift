/// Names what a variable of a program leads to: `manager.clients`, `server.#streams`, `queues.0`.
public struct PropertyPath: Hashable, Sendable {
    /// The most names in a path.
    public static let stepLimit = 32

    /// The variable.
    public let root: String
    /// The properties from there on; one that starts with `#` is private to its class.
    public let steps: [String]

    /// Reads a path's text; nil where it is none.
    public init?(_ text: String) {
        let names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard names.count <= Self.stepLimit, let root = names.first, Self.isVariable(root) else { return nil }
        guard names.dropFirst().allSatisfy(Self.isProperty) else { return nil }
        self.root = root
        steps = Array(names.dropFirst())
    }

    private static func isVariable(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
        return name.unicodeScalars.allSatisfy(isPart)
    }

    private static func isProperty(_ name: String) -> Bool {
        name.hasPrefix("#")
            ? isVariable(String(name.dropFirst())) : !name.isEmpty && name.unicodeScalars.allSatisfy(isPart)
    }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar == "$" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }
}

extension PropertyPath: CustomStringConvertible {
    /// The path's text.
    public var description: String { ([root] + steps).joined(separator: ".") }
}

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
