namespace Calico.Core.Plugins;

/// <summary>A wrong declaration. Its message is the sentence alone: ArgumentException would add "(Parameter 'name')".</summary>
internal sealed class DeclarationException(string message, string? parameter) : ArgumentException(message, parameter)
{
    private readonly string _sentence = message;

    public override string Message => _sentence;
}
