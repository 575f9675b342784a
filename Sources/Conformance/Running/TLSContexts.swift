import Transport
import Vocabulary

/// Makes the TLS contexts that the exchanges need.
struct TLSContexts: Sendable {
    private let options: CheckOptions

    init(_ options: CheckOptions) { self.options = options }

    /// The context of an exchange; nil where it has no TLS.
    ///
    /// - Throws: ``CheckError/badUsage(_:)`` where the certificates cannot be read.
    func context(_ security: ExchangeScript.Security) throws(CheckError) -> TLSClientContext? {
        guard options.url.tls else { return nil }
        var settings = TLSClientContext.Options()
        settings.verify = !options.insecure
        settings.authorityFile = options.authorityFile
        var serverName = options.url.host
        switch security {
        case .ordinary: break
        case .none: return nil
        case .version(let version):
            settings.minimumVersion = version
            settings.maximumVersion = version
        case .serverName(let name):
            serverName = name
            settings.verify = false
        case .applicationProtocol(let name): settings.applicationProtocols = [name]
        case .resuming: settings.resume = true
        }
        do {
            return try TLSClientContext(serverName: serverName, options: settings)
        } catch {
            throw .badUsage("\(error)")
        }
    }
}
