import Foundation
import RunProfile

extension Profile {
    /// Makes paths, which count from the profile's folder, count from the working folder.
    mutating func resolvePaths(beside file: String) {
        func path(_ path: String) -> String {
            URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: file).deletingLastPathComponent()).path
        }
        target.tls.authorityFile = target.tls.authorityFile.map(path)
        exec.resolve(folder: URL(fileURLWithPath: file).deletingLastPathComponent().path, path)
        for index in scenarios.indices { scenarios[index].request.resolveFiles(path) }
        for index in probes.indices { probes[index].resolveCommand(path) }
    }
}
