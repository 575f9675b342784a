import ArgumentParser
import HydrotestKit
import Vocabulary

/// How one stream is asked for, by the commands that open one.
struct RequestArguments: ParsableArguments {
    @Option(name: [.customShort("H"), .long], help: "A request header, \"Name: value\"; may be given several times.")
    var header: [String] = []

    @Flag(name: [.customShort("k"), .long], help: "Do not verify the server's certificate.")
    var insecure = false

    @Option(help: "A PEM file of trusted certificates, in place of the system's.")
    var ca: String?

    /// The request for an address.
    ///
    /// - Throws: ``CommandFailure`` where the address or a header is none.
    func options(_ url: String) throws -> TapOptions {
        guard let target = TargetURL(url) else {
            throw CommandFailure(
                code: ExitCode.badUsage,
                message: "\"\(url)\" is no address; give one like http://127.0.0.1:8080/events"
            )
        }
        var options = TapOptions(url: target)
        options.insecure = insecure
        options.authorityFile = ca
        options.headers = try header.map(HeaderArgument.field)
        return options
    }
}
