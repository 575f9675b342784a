/// Reads `target:`.
enum TargetReader {
    /// Reads the server under test and how it is asked.
    static func read(_ field: Field) -> Target? {
        guard var keys = MappingReader(field, expected: "a map, such as { url: reference }") else { return nil }
        defer { keys.finish() }
        let address = keys.required("url", expected: "an http or https address, or reference")?
            .address(defaultPath: "/events", example: "/events")
        var target = Target(address: address ?? .reference(path: "/events"))
        keys.read("method", into: &target.method) { $0.method() }
        keys.read("headers", into: &target.headers, headers)
        keys.read("body", into: &target.body) { $0.text(expected: "text, such as '{ \"stream\": true }'") }
        keys.read("tls", into: &target.tls, TLSReader.read)
        keys.read("authorized", into: &target.authorized) { $0.flag() }
        return address == nil ? nil : target
    }

    /// Reads request headers, by name.
    static func headers(_ field: Field) -> [Target.Header]? {
        let expectation = "a map of names and values, such as { Authorization: \"Bearer ${TOKEN}\" }"
        guard let pairs = field.pairs(limit: ProfileLimits.headers, expected: expectation) else { return nil }
        var headers: [Target.Header] = []
        for (name, value) in pairs {
            guard HTTPSyntax.isToken(name) else {
                value.reject("\(Quotation.quote(name)) is no header name", expected: "a token, such as Authorization")
                continue
            }
            guard !headers.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
                value.reject("the header is named twice, in different case", expected: "one of them")
                continue
            }
            let expectation = "one line of at most \(ProfileLimits.headerValueBytes) bytes"
            guard let text = value.text(expected: expectation, where: HTTPSyntax.isFieldValue) else { continue }
            headers.append(Target.Header(name: name, value: text))
        }
        return headers
    }
}
