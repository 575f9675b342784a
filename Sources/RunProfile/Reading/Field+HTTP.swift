import Vocabulary

extension Field {
    /// A request method, in capitals.
    func method() -> String? {
        let expectation = "a request method in capitals, such as GET"
        guard let text = text(expected: expectation) else { return nil }
        guard HTTPSyntax.isToken(text), text == text.uppercased(), text.count <= ProfileLimits.nameLength else {
            let nearest = NearestName.find(text, among: ["GET", "POST", "PUT", "PATCH", "DELETE"])
            reject("found \(node.kind)", expected: expectation, nearest: nearest)
            return nil
        }
        return text
    }

    /// The address of a server that runs already.
    func url(example: String = "https://127.0.0.1:8443/events") -> TargetURL? {
        let expectation = "an http or https address, such as \(example)"
        guard let text = text(expected: expectation) else { return nil }
        return url(text, expected: expectation)
    }

    /// The address of a server that runs already, or of the bundled one: `reference/events?topics=news`.
    ///
    /// - Parameters:
    ///   - target: what the run is aimed at; only a run that starts the bundled server can ask it. Nil for any.
    ///   - defaultPath: the request target of a plain `reference`; nil where it must be written.
    ///   - example: a request target, for the error.
    func address(target: TargetKind? = nil, defaultPath: String?, example: String) -> Target.Address? {
        let bundled = target == nil || target == .reference || target == .unknown
        let reference = defaultPath == nil ? "reference\(example)" : "reference"
        let expectation =
            "an http or https address, such as http://127.0.0.1:8080\(example)" + (bundled ? ", or \(reference)" : "")
        guard let text = text(expected: expectation) else { return nil }
        guard text == "reference" || text.hasPrefix("reference/") else {
            return url(text, expected: expectation).map { .url($0) }
        }
        guard bundled else {
            reject("found \(node.kind), but the bundled server is not the target", expected: expectation)
            return nil
        }
        if text == "reference" {
            if let defaultPath { return .reference(path: defaultPath) }
            rejectKind(expected: expectation)
            return nil
        }
        return url("http://" + text, expected: expectation).map { .reference(path: $0.path) }
    }

    private func url(_ text: String, expected expectation: String) -> TargetURL? {
        guard text.utf8.count <= ProfileLimits.addressBytes, let url = TargetURL(text) else {
            rejectKind(expected: expectation)
            return nil
        }
        return url
    }
}

/// What may stand in a request.
enum HTTPSyntax {
    /// Whether a text is a token (RFC 9110, 5.6.2).
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Whether a text can be a field's value: no line ends, no NUL (RFC 9110, 5.5).
    static func isFieldValue(_ text: String) -> Bool {
        text.utf8.count <= ProfileLimits.headerValueBytes
            && !text.utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }
    }
}
