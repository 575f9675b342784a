import EventStream
import Vocabulary

/// A request as a profile writes it: every text in quotes, every secret left to the environment.
struct RequestText {
    /// The address.
    let url: String
    /// The headers, each name once.
    let headers: [(name: String, value: String)]
    /// The body; nil for none.
    let body: String?
    /// The variables of the environment that stand for secrets.
    let variables: [String]

    /// The texts of a request.
    init(_ request: TapOptions) {
        var secrets = SecretVariables()
        url = YAMLText.quote(secrets.pieces(address: "\(request.url)"))
        headers = Self.once(request.headers).map { field in
            (field.name, YAMLText.quote(secrets.pieces(header: field.name, field.value)))
        }
        body = request.body.map { YAMLText.quote(secrets.pieces(body: $0)) }
        variables = secrets.names
    }

    /// Fields of one name as one field, which means the same (RFC 9110, 5.3; RFC 6265, 5.4): a profile's are a map.
    static func once(_ fields: [HTTPField]) -> [HTTPField] {
        var joined: [HTTPField] = []
        for field in fields {
            let name = field.name.lowercased()
            if let index = joined.firstIndex(where: { $0.name.lowercased() == name }) {
                joined[index].value += (name == "cookie" ? "; " : ", ") + field.value
            } else {
                joined.append(field)
            }
        }
        return joined
    }
}
