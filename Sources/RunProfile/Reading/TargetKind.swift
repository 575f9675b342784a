import Vocabulary

/// What a run is aimed at, as far as the rest of the profile must know.
enum TargetKind: Equatable {
    /// The bundled server.
    case reference
    /// A server that runs already; whether its address is an `https` one.
    case server(tls: Bool)
    /// The target could not be read.
    case unknown

    /// The kind of an address that was read, or not.
    init(_ address: Target.Address?) {
        switch address {
        case .reference: self = .reference
        case .url(let url): self = .server(tls: url.tls)
        case nil: self = .unknown
        }
    }
}
