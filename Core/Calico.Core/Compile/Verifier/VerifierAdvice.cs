namespace Calico.Core.Compile;

/// <summary>What usually helps against the verifier's commonest complaints.</summary>
internal static class VerifierAdvice
{
    private static readonly (string Complaint, string Advice)[] Known =
    [
        ("_or_null'", "test the pointer for NULL before it is used"),
        ("invalid access to packet", "compare with the packet's end right before the access"),
        ("pointer comparison prohibited", "compare packet pointers only with the packet's end"),
        ("unbounded memory access", "bound the index with a comparison or a mask right before the access"),
        ("unbounded min value", "make the index unsigned, or test that it is not negative"),
        ("min value is outside", "the offset goes beyond the map's value: check it against the size of the struct"),
        ("max value is outside", "bound the index with a comparison or a mask right before the access"),
        ("invalid read from stack", "initialise the variable, its padding too, before it is read or handed to a helper"),
        ("invalid indirect read from stack", "initialise the variable, its padding too, before it is handed to a helper"),
        ("!read_ok", "a variable or result is used before it has a value on this path"),
        ("Unreleased reference", "submit or discard the ring buffer record on every path"),
        ("too large. Processed", "the program has too many paths: bound its loops, move parts into __noinline functions, or make two stages of it"),
        ("too complex", "the program has too many paths: bound its loops, move parts into __noinline functions, or make two stages of it"),
        ("infinite loop detected", "give the loop a bound that the verifier can see, or use bpf_loop"),
        ("back-edge", "give the loop a bound that the verifier can see, or use bpf_loop"),
        ("combined stack size", "move large local variables into a per-CPU map"),
        ("modified ctx ptr", "read the context's fields by name, never through a pointer that was calculated"),
        ("invalid bpf_context access", "this kind of program has no such field in its context"),
        ("unknown func", "this helper does not exist for this kind of program, or on this kernel"),
        ("program of this type cannot use helper", "this helper does not exist for this kind of program"),
        ("tail_calls are not allowed", "make the tail call from the program itself, or from a subprogram that holds no reference"),
    ];

    public static string? For(string reason) =>
        Known.FirstOrDefault(pair => reason.Contains(pair.Complaint, StringComparison.Ordinal)).Advice;
}
