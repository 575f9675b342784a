import ArgumentParser
import Foundation
import HydrotestKit

/// What the commands that fuzz a server have in common.
struct FuzzArguments: ParsableArguments {
    @Option(help: "A profile that describes the server: actions, probes, headers, exec.restart.")
    var profile: String?

    @Option(
        help: ArgumentHelp("Faults of the bundled server; may be given several times.", valueName: "name[,name]"),
        transform: FaultArgument.init
    )
    var fault: [FaultArgument] = []

    @Option(help: "A host that welcomes being fuzzed, where it is not this machine; may be given several times.")
    var authorize: [String] = []

    @Flag(name: [.customShort("k"), .long], help: "Do not verify the server's certificate.")
    var insecure = false

    @Option(help: "A PEM file of trusted certificates, in place of the system's.")
    var ca: String?

    /// Starts or looks up the server.
    ///
    /// - Throws: ``CommandFailure``.
    func run(_ target: String) throws -> FuzzRun {
        var options = FuzzRun.Options(target: target)
        options.profile = profile
        options.faults = fault.flatMap(\.faults)
        options.authorizedHosts = authorize
        options.insecure = insecure
        options.authorityFile = ca
        options.environment = ProcessInfo.processInfo.environment
        do throws(RunError) {
            return try FuzzRun(options)
        } catch {
            throw CommandFailure(code: error.exitCode, message: error.description)
        }
    }
}
