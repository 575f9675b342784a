@testable import Schema

/// The objects with known keys in a schema, by their paths: `target.tls`, `scenarios[].arrival.ramp[]`.
enum SchemaObjects {
    /// Every such object; a path may have several.
    static func find(in value: SchemaValue, path: String = "") -> [(path: String, keys: Set<String>)] {
        var found: [(path: String, keys: Set<String>)] = []
        if case .object(let properties)? = value["properties"] {
            if value["additionalProperties"] == .flag(false) { found.append((path, Set(properties.map(\.name)))) }
            for property in properties {
                found += find(in: property.value, path: path.isEmpty ? property.name : "\(path).\(property.name)")
            }
        }
        if let items = value["items"] { found += find(in: items, path: path + "[]") }
        if let values = value["additionalProperties"] { found += find(in: values, path: path + "{}") }
        for keyword in ["anyOf", "oneOf"] {
            guard case .list(let alternatives)? = value[keyword] else { continue }
            for alternative in alternatives { found += find(in: alternative, path: path) }
        }
        return found
    }
}
