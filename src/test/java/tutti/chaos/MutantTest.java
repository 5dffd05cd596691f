package tutti.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutantTest {

    @ParameterizedTest
    @EnumSource
    void fits_the_code_as_it_is(Mutant mutant) throws IOException {
        assertThat(mutant.fits(Path.of(""))).as(mutant.name()).isTrue();
    }
}
