/// A JSON Pointer (RFC 6901) made ready to be followed in bytes, event by event, without allocating.
///
/// A plain value that owns memory by hand: call ``release()`` once it is not followed any more.
public struct JSONPath {
    /// The most names in a pointer.
    public static let stepLimit = 32

    /// A name that leads one level down.
    struct Step {
        /// The name, unescaped, in UTF-8.
        let name: UnsafeRawBufferPointer
        /// The name as an array's index; negative where it is none (RFC 6901, 4).
        let index: Int
    }

    let steps: UnsafeBufferPointer<Step>

    /// Reads a pointer: `/choices/0/delta/content`; nil where the text is none, or has more than ``stepLimit`` names.
    public init?(_ pointer: String) {
        guard pointer.isEmpty || pointer.hasPrefix("/") else { return nil }
        let names = pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard names.count <= Self.stepLimit else { return nil }
        var unescaped: [[UInt8]] = []
        for name in names {
            guard let bytes = Self.unescape(name) else { return nil }
            unescaped.append(bytes)
        }
        let steps = UnsafeMutableBufferPointer<Step>.allocate(capacity: unescaped.count)
        for (position, bytes) in unescaped.enumerated() {
            let name = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
            name.copyBytes(from: bytes)
            steps.initializeElement(
                at: position,
                to: Step(name: UnsafeRawBufferPointer(name), index: Self.index(bytes))
            )
        }
        self.steps = UnsafeBufferPointer(steps)
    }

    /// Frees the memory; the path may not be followed afterwards.
    public func release() {
        for step in steps { step.name.deallocate() }
        steps.deallocate()
    }

    /// `~1` stands for `/` and `~0` for `~`; nil where a `~` stands for neither.
    private static func unescape(_ name: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = name.utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch rest.next() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return bytes
    }

    /// Digits without a leading zero.
    private static func index(_ name: [UInt8]) -> Int {
        guard !name.isEmpty, name.count <= 9, name.count == 1 || name[0] != UInt8(ascii: "0") else { return -1 }
        return name.reduce(0) { sum, byte in
            guard sum >= 0, let digit = ASCII.decimalValue(byte) else { return -1 }
            return sum * 10 + Int(digit)
        }
    }
}
