/// A JavaScript value as the inspector shows it (Chrome DevTools Protocol, `Runtime.RemoteObject`).
struct RemoteValue: Equatable {
    /// What an object is known by in the session; nil of a primitive value.
    let id: String?
    /// The number; nil of any other value.
    let number: Double?

    /// Reads a value; nil where there is none, or it is undefined.
    init?(_ json: JSONValue?) {
        guard let json, let type = json["type"]?.text, type != "undefined" else { return nil }
        id = json["objectId"]?.text
        number = json["value"]?.number
    }
}
