import Glibc

/// The names of the errors that writing a file can end in.
enum ErrnoName {
    private static let names: [Int32: String] = [
        EACCES: "EACCES", EBADF: "EBADF", EBUSY: "EBUSY", EDQUOT: "EDQUOT", EEXIST: "EEXIST", EFBIG: "EFBIG",
        EINTR: "EINTR", EINVAL: "EINVAL", EIO: "EIO", EISDIR: "EISDIR", ELOOP: "ELOOP", EMFILE: "EMFILE",
        EMLINK: "EMLINK", ENAMETOOLONG: "ENAMETOOLONG", ENFILE: "ENFILE", ENODEV: "ENODEV", ENOENT: "ENOENT",
        ENOMEM: "ENOMEM", ENOSPC: "ENOSPC", ENOTDIR: "ENOTDIR", ENOTEMPTY: "ENOTEMPTY", ENXIO: "ENXIO",
        EPERM: "EPERM", EROFS: "EROFS", ETXTBSY: "ETXTBSY", EXDEV: "EXDEV",
    ]

    /// An error's name; its number where it has none here.
    static func name(of code: Int32) -> String { names[code] ?? "errno \(code)" }
}
