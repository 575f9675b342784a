/// Reads `publish:`.
enum PublishReader {
    /// Reads a request that makes the server publish.
    ///
    /// - Parameters:
    ///   - body: the body where the profile gives none.
    ///   - keeping: names that stay as they are in the body, `${seq}`, whatever the environment says.
    ///   - more: reads the keys that not every publish has.
    static func read(
        _ field: Field,
        target: TargetKind,
        body: String = "",
        keeping kept: Set<String> = [],
        more: (inout MappingReader) -> Void = { _ in }
    ) -> PublishOptions? {
        let example = "a map, such as { url: \"http://127.0.0.1:8080/broadcast?topic=news\" }"
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let address = keys.required("url", expected: "an http or https address")?
            .address(target: target, defaultPath: nil, example: "/broadcast?topic=news")
        var options = PublishOptions(address: address ?? .reference(path: "/"))
        options.body = body
        keys.read("method", into: &options.method) { $0.method() }
        keys.read("body", into: &options.body) { $0.text(expected: "text, such as hello", keeping: kept) }
        more(&keys)
        return address == nil ? nil : options
    }
}
