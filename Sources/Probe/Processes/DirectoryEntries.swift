import Glibc

/// The entries of an open directory (readdir(3)).
enum DirectoryEntries {
    /// Calls a body with the name of every entry but `.` and `..`.
    static func forEach(in stream: OpaquePointer, _ body: (UnsafePointer<CChar>) -> Void) {
        guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else {
            preconditionFailure("d_name is a stored field")
        }
        while let entry = readdir(stream) {
            let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            if strcmp(name, ".") != 0, strcmp(name, "..") != 0 { body(name) }
        }
    }
}
